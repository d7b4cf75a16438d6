"""Kinds of clothing in many languages. A kind that is a variety of another is that one with a style."""

CATEGORIES = """
dress: drss, vestid(o|a), robe, kleid(|er), पोशाक, ड्रेस, frock, फ्रॉक, فستان, فساتين, abit(o|i) da donna, 👗, drees, dres, dresess, robes, robette, vestidinho, vestidinhos, vestidito, vestiditos, kleidchen, maedchenkleid, strickkleid, ड्रेसेस, ड्रेसें, dresses, فستاني, فستانين, نفنوف, دراعه, دراريع, فسطان, فساطين, partykleid,
dress + style=gown: فستان سهره, فستان سهرات, gown, ball gown, evening gown, गाउन, gowns, gaun, gaon, robe de bal, ballkleid, vestido de fiesta largo
dress + style=sundress: sundress, sun dress, sommerkleid(|er), vestido veraniego
dress + style=wrap: wrap dress, robe portefeuille, wickelkleid, vestido cruzado, vestido envelope, vestido transpassado
dress + style=bodycon: bodycon dress, bodycon, robe moulante, etuikleid, vestido tubinho
dress + style=slip: slip dress
dress + style=shirt: shirt dress, shirtdress, robe chemise, hemdkleid, blusenkleid, vestido camisero, vestido chemise
dress + style=skater: skater dress
dress + style=a-line: a line dress
dress + style=cocktail + occasion=cocktail: cocktail dress, cocktailkleid(|er), vestido de coctel, robe de cocktail
dress + style=ball gown: abendkleid(|er), robe de soiree, vestido de noche, vestido de gala
dress + color=black: lbd, little black dress
t-shirt: tshirt, tee shirt, tee, t shrt, tshrt, camiseta, playera, remera, maglietta, टीशर्ट, टी शर्ट, تيشيرت, تي شيرت, tişört, t-shirts, 👕, t shirt, tees, camisetas, camisetita, playeras, remeras, remerita, polera, poleras, franela, pulover, maillot tee, tee shirts, teeshirt, tshirts, t shirts, teeshirts, shirt t, leibchen, टी-शर्ट, टीशर्ट्स, टी शर्ट्स, تيشيرتات, تيشرت, تيشرتات, بلوفر تيشيرت, فانيله, فنيله, تي شيرتات, tee short, jersey de futbol, mariniere
t-shirt + style=polo: polo, polo shirt, polo tshirt, polo t shirt, poloshirt, polos, polohemd, camisa polo, camisas polo, gola polo, playera polo, camiseta polo, chomba, بولو, पोलो
t-shirt + style=graphic + pattern=graphic: graphic tee, graphic t shirt, graphic tshirt, graphic tees, graphic tshirts
top: tops, haut, hauts, oberteil(|e), crop tops, टॉप, توب, parte de arriba, 👚, topp, topje, topper, topzinho, blusinha top, टॉप्स, توبات, oberteile, cropped, shirtlaunch
top + style=crop: crop top, cropped top, croptop, crop tops, top corto, top cropped, haut court, bauchfreies top, crop-top, كروب توب
top + style=bodysuit: bodysuit, bodysuits, body suit
top + style=tank: tank top, tank, singlet, camisole, cami, cami top, debardeur, tirantes, canotta, tank tops, camiseta de tirantes, musculosa, regata, regatas, traegertop, tanktop, debardeurs, marcel
top + style=tube: tube top, bandeau top
top + style=peplum: peplum top
tunic: tunique, tunika, tunica, tuniques, tunicas, tunics, تونيك, कुर्ता टॉप
shirt: shrt, camisa, chemise, hemd(|en), kameez, कमीज, शर्ट, قميص, قمصان, camicia, camicie, button down, button up, oxford shirt, dress shirt, kamiz, camisas, camisita, chemises, hemdchen, oberhemd, businesshemd, herrenhemd, hemden, camisa social, camisas sociais, camisa de vestir, shirtt, shirts, shrits, shart, कमीजें, शर्ट्स, شيرت, قميصين, شميز, button up shirt, button down shirt, freizeithemd, trachtenhemd, guayaberas
shirt + style=flannel + material=flannel: flannel shirt
blouse: choli, cholis, चोली, blusa, bluse, blusen, blous, chemisier, ब्लाउज, ब्लाउज़, بلوزه, blusas, blusinha, blusinhas, blusita, blusones, bluson, chemisiers, blouses, blousen, ब्लाउस, बलाउज, بلوزات, بلايز, بلوز, بلوزا, choli blouse, blauz, blauj
sweater: jumper, pullover, jersey sweater, sweter, sweater vest, sueter, pull, chandail, pulli, strickpulli, स्वेटर, سويتر, كنزه, maglione, jersei, malha, camisola, knitwear, svetar, sweter, jumpers, pullovers, pullis, pull overs, pulls, sueteres, sweteres, chompa, chompas, buzo, saco de lana, jerseis, jerseys, jersey de lana, jersey de punto, jersey de cuello alto, malhas, blusa de la, blusa de frio, sueters, suéter, tricot blusa, swetar, swetter, sweeter, स्वेटर्स, بلوفر, بلوفرات, سويترات, كنزات, جرزايه, strickpullover, troyer, rolli, stricksweater, knit sweater, knitted sweater, maglia, sweaters
sweater + style=turtleneck + neckline=turtleneck: turtleneck sweater, turtle neck sweater, rollkragenpullover
cardigan: cardi, chaqueta de punto, gilet en laine, strickjacke, strickjacken, कार्डिगन, كارديغان, cardigans, rebeca, rebecas, chaquetita de punto, cardigan long, gilets, strickjaeckchen, casaquinho, cardigã, cardigas, كارديجان, كاردغان, كارديقان, जैकेट ऊनी
sweatshirt: sweat shirt, sudadera, sweat, felpa, moletom, स्वेटशर्ट, sweatshirts, sudaderas, sweats, pulli sweat, sweater sudadera, moletons, buzo sin capucha, polera de algodon, سويت شيرت, سويتشيرت, poleron, स्वेटशर्ट्स
hoodie: hoody, hooded sweatshirt, hooded sweat shirt, hooded jumper, sudadera con capucha, sweat a capuche, kapuzenpulli, kapuzenpullover, moletom com capuz, हुडी, هودي, hoodies, hoddie, hoodi, hudie, hoodys, canguro, buzo con capucha, poleron con capucha, sudaderas con capucha, sweat capuche, sweats a capuche, kapuzenpullis, kapuzensweater, kapuzenjacke, moletom com gorro, blusa de moletom, casaco com capuz, camisola com capuz, हूडी, हुडीज, هوديز, هوديات, هودیز
jacket: jackt, jaket, jackets, chaqueta, cazadora, campera, chamarra, veste, blouson, jacke, jacken, jaqueta, giacca, जैकेट, جاكيت, سترة, jakets, jckt, jaketa, chaquetas, chaquetita, cazadoras, camperas, camperita, casaca, casacas, chamarras, chumpa, vestes, vest en jean, blousons, jaeckchen, uebergangsjacke, sommerjacke, jaquetas, jaquetinha, blusao, casacos curtos, जैकेट्स, जैकिट, جاكت, جاكيتات, جكيت, جواكت, سترات, jaketi, trachtenjacke
jacket + style=bomber: bomber, bomber jacket, bomberjacke, bombers, chaqueta bomber, blouson bomber, jaqueta bomber, بومبر
jacket + style=biker: biker jacket, moto jacket, bikerjacke, chaqueta motera, cazadora motera, perfectos, jaqueta motoqueiro
jacket + style=puffer: puffer, puffer jacket, down jacket, plumifero, doudoune, daunenjacke, puffers, puffa, puffy jacket, steppjacke, daunenjacken, doudounes, plumas, anorak, chaqueta de plumas, campera inflable, jaqueta puffer, casaco acolchoado, kispo
jacket + style=windbreaker: windbreaker, windcheater, wind cheater, windjacke, coupe vent, cortavientos, rompevientos, corta vento, corta-vento, blouson coupe vent
jacket + style=nehru: nehru jacket, modi jacket, bandi, nehru jackets, bandhi, modi jackets, koti, bundi, nehru jaket, नेहरू जैकेट, सदरी
jacket + style=rain: rain jacket, raincoat, regenjacke, chubasquero, impermeable, capa de chuva, rain coat, raincoats, regenmantel, regenjacken, capa de lluvia, piloto de lluvia, k way, barsati, रेनकोट, معطف مطر
jacket + material=denim: jaqueta jeans, chaqueta vaquera, jean jacket, jeansjacke, veste en jean, jeansjacken, veste jean, vestes en jean, chaqueta tejana, cazadora vaquera, campera de jean, chamarra de mezclilla, jaqueta de jeans, جاكيت جينز
jacket + material=leather: lederjacke, lederjacken, perfecto
shacket: shirt jacket, overshirt
coat + material=wool: wool coat, casaco de la, wollmantel
coat + season=winter: winter coat, wintermantel
coat: overcoat, abrigo, manteau, mantel, maentel, casaco, cappotto, कोट, معطف, 🧥, coats, cot, abrigos, abriguito, sobretodo, gaban, tapado, manteaux, trois quarts, maentelchen, casaco comprido, casacao, sobretudo, casacos, كوت, معاطف, بالطو, كبوت, ओवरकोट, longcoat, long coat
coat + style=trench: trench coat, trench, trenchcoat, gabardina, trenches, trench-coat, gabardinas, trenchcoats, impermeable trench, ترنش
coat + style=parka: parka
coat + style=pea: pea coat, peacoat
blazer: americana, sakko, blaser, ब्लेज़र, بليزر, blazers, blazar, blezer, bleizer, sakkos, jacket blazer, jackett, americanas, sacos de vestir, saco sport, saco de vestir, veston, vestons, veste de costume, blazer femme, ब्लेजर, ब्लेज़र्स, بليزرات, بلايزر, جاكيت رسمي
suit: two piece suit, three piece suit, traje, costume homme, anzug, anzuege, terno, completo, सूट पैंट, सूट, بدله, suits, trajes, trajecito, costard, costards, costume, costumes, tailleur, hosenanzug, ternos, fato, fatos, 3 piece suit, 3 pc suit, 2 piece suit, coat pant, बदला, बदل, بدل, بدلات, بذله, طقم رسمي, بدله رجاليه, कोट पैंट
suit + style=tuxedo: tuxedo, tux, smoking, esmoquin, smokings, smoking anzug, tuxedos, تكسيدو
waistcoat: vest, chaleco, gilet, weste, westen, colete, nehru waistcoat, waistcoats, gilets costume, chalecos, anzugweste, coletes, صديري, صديريه, vests, bodywarmer, body warmer, body warmers, gilet sans manches, वेस्टकोट, jawahar waistcoat
trousers: trouser, pant, pants, slacks, pantalon, pantalones, hose, hosen, calca, calcas, pantaloni, पैंट, पतलून, بنطلون, سروال, patloon, bottoms, trousrs, trouzers, pantaloncito, pantalons, futal, stoffhose, stoffhosen, anzughosen, calca social, pantalones de vestir, pent, पैन्ट, पैंट्स, पैंटें, ट्राउजर, ट्राउज़र, بناطيل, بناطلين, بنطال, بنطلونات, سراويل, سروال قماش, pantalon habille, pantalon fluide, pajama pants, pyjama pants, patlun, formal trouser
trousers + style=joggers: jogger, joggers, jogger pants, track pants, trackpants, sweatpants, sweat pants, jogginghose, jogginghosen, pantalones deportivos, pants deportivos, pantalon de chandal, pantalon jogger, pantalones jogger, jogging bas, bas de jogging, pantalon de jogging, pantalon de survetement, trainingshose, sporthose, calca moletom, calca de moletom, calca jogger, jogg pants, जॉगर्स, جوغر, جوقر, بنطلون رياضي, track pant, jogger pant
trousers + style=chinos: chino, chinos, chinohose, chinohosen, pantalon chino, pantalones chinos, calca chino, calca sarja, تشينو, chino pants
trousers + style=cargo: cargo pants, cargos, cargo trousers, cargo, cargo pant, pantalon cargo, pantalones cargo, cargohose, cargohosen, calca cargo, calcas cargo, كارجو, कार्गो, cargo jeans
trousers + style=palazzo: palazzo, palazzos, palazzo pants, pantalones palazzo, pantalon palazzo, calca pantalona, pantalona, palazo, पलाज़ो, प्लाज़ो, plazo, plazzo, بلازو
trousers + style=wide leg: wide leg pants, wide leg trousers, culottes, flared pants, flared trousers, pantalon large, pantalon ancho, pantalones anchos, weite hose, marlenehose, calca wide leg, wide pants, wide trousers
trousers + style=capri: capri, capris
trousers + style=dress pants + occasion=formal: formal pants, formal trousers, dress pants, suit pants, anzughose
trousers + material=linen: linen pants
jeans: jean, jeans pant, denims, vaquero, vaqueros, tejanos, जीन्स, जीन, جينز, بنطلون جينز, pantalon vaquero, jeanshose, calca jeans, 👖, jeanz, jins, jeens, jeans pants, pantalones vaqueros, vaqueritos, mezclillas, pantalon de mezclilla, jean femme, jeans hose, roehrenjeans, calcas jeans, calca de ganga, calcas de ganga, जीन्स पैंट, जींस, जिन्स, जीन्ज़, جينزات, بنطال جينز, بناطيل جينز, جنز, denim pants, denim jeans, jean pants
jeans + style=mom: mom jeans
jeans + style=bootcut: bootcut jeans, boot cut jeans
jeans + fit=skinny: skinny jeans
jeans + style=ripped: ripped jeans, distressed jeans
jeans + style=flared: flared jeans, bell bottoms, bell bottom jeans
shorts: short pants, pantalones cortos, pantalon corto, bermuda, bermudas, kurze hose, शॉर्ट्स, شورت, 🩳, pantaloneta, shortinho, shortinhos, calcoes, calcao, calcoes curtos, kurze hosen, kurzehose, hotpants, शॉर्ट, निकर, chaddi, nikkar, برمودا, شورتات, half pant, half pants, culotte courte, bermuda shorts, un short, el short, le short, mon short, um short, o short, short (jean|vaquero|de jean|en jean|deportivo|esportivo|de bano|de bain|femme|homme)
shorts + style=cargo: cargo shorts, cargo short
shorts + material=denim: hot pants, jean shorts, jorts
leggings: legging, legings, churidar, mallas, tights, لیگنگ, लेगिंग, leggins, legins, leging, calzas, calza, mallas deportivas, legging sport, leggin, ليقنز, ليجنز, ليغنز, लेगिंग्स, लैगिंग, churidaar, collants epais, strumpfhose, strumpfhosen, meia calca, panties medias
jeggings: jegging
skirt: skrt, falda, jupe, rock, roecke, saia, gonna, स्कर्ट, تنوره, تنانير, lehnga skirt, roeckchen, minifalda, skirts, faldas, faldita, polleras, pollera, jupes, jupette, saias, sainha, skert, scirt, स्कर्ट्स, घाघरा स्कर्ट, جيبه, جيبات, تنورات
skirt + length=mini: mini skirt, miniskirt, minirock, minifalda, mini jupe, minijupe, minifaldas, saia mini, minissaia, mini saia, minirocke, mini-jupe
skirt + length=maxi: maxi skirt, maxirock, maxi falda
skirt + length=midi: midi skirt, midirock, falda midi, jupe midi, saia midi, midiroecke
skirt + style=pencil: pencil skirt, bleistiftrock, falda lapiz, falda de tubo, jupe crayon, saia lapis
skirt + style=pleated: pleated skirt, faltenrock, faltenroecke, jupe plissee, falda plisada, falda tableada, saia plissada, plisseerock
skirt + style=skater: skater skirt
jumpsuit: jump suit, mono, combinaison, overall, macacao, tuta, जंपसूट, jumpsuits, monos, enterito, enterizo, enteritos, body largo, combi pantalon, combinaisons, combishort, overalls jumpsuit, macacoes, macaquinho, macaquinhos, جمبسوت, افرول, سالوبيت, जम्पसूट, जंप सूट, jump suits
jumpsuit + style=romper: romper, playsuit
dungarees: dungaree, overalls, latzhose, latzhosen, salopette, peto, pantalon de peto, jardineira, jardineras, overol, dungari, سالوبيت جينز
co-ord set: co ord, coord, coords, co ords, coord set, co ord set, two piece set, 2 piece set, 2 piece, matching set, conjunto, ensemble assorti, zweiteiler, co-ords, cord set, coordinated set, twin set, two piece, two-piece, 2pc set, 2 pc set, conjuntos, conjuntito, ensembles, ensemble deux pieces, ensemble 2 pieces, set de dos piezas, zweiteiliges set, طقم, اطقم, co ord sets, cordset, को-ऑर्ड सेट
co-ord set + style=tracksuit: tracksuit, track suit, chandal, survetement, trainingsanzug, agasalho, tracksuits, track suits, chandals, buzo deportivo, pants completos, conjunto deportivo, survetements, jogginganzug, jogginganzuege, trainingsanzuege, agasalhos, fato de treino, conjunto de moletom, conjunto moletom, بدله رياضيه, بدله رياضه, ترينج, ترنق, طقم رياضي, ट्रैकसूट
kurta: kurti, kurtis, kurtas, kurtha, kurtaa, kurthi, कुर्ता, कुर्ती, कुर्ते, كورتا, kurte, kurtee, kurthis, kurtiya, kurtiyan, कुर्तियां, कुर्तियाँ, कुर्तों, कुर्तियों, कुरता, कुरती, كرته, کورته, long kurta, pathani
kurta + style=anarkali: anarkali, anarkali suit, anarkali kurti, anarkali kurta, anarkali dress, अनारकली
kurta + style=kurta pyjama: kurta pajama, kurta pyjama, kurta pajama set, kurta payjama, kurta pajamas, kurta pyjamas, kurta pajame, कुर्ता पजामा, कुर्ता पायजामा, kurta churidar
salwar suit: salwar, salwar kameez, shalwar kameez, punjabi suit, churidar suit, suit salwar, patiala suit, सलवार सूट, सलवार, salwar suits, salvar suit, salwaar suit, salwar kamiz, shalwar, salwaar, suit salwaar, salvar, salvar kameez, सलवार कमीज, सलवार कमीज़, पंजाबी सूट, ladies suit, suits salwar, suit piece, शलवार कमीज
sharara: gharara, शरारा, shararas, gharara suit, garara, sharara set, शरारा सूट, गरारा
saree: sari, saari, sarees, saris, saadi, sadi, साड़ी, साडी, साड़ियां, ساري, sarii, sarri, sharee, saariya, sariya, saadiyan, साड़ियाँ, साडियां, साड़ियों, ساریز
lehenga: lehnga, lehanga, lehenga choli, ghagra, ghagra choli, chaniya choli, लहंगा, लहँगा, lehengas, lahenga, lahanga, lehnge, lehenge, langa, ghaghra, ghaghra choli, chania choli, chaniya, घाघरा, चनिया चोली, लहंगे, لهنغا, لهنقا, pavadai, half saree
sherwani: शेरवानी, achkan, bandhgala, sherwanis, sherwaani, jodhpuri, jodhpuri suit, bandhgala suit, bandh gala, शेरवानियां, bandgala
dupatta: chunni, दुपट्टा, odhni, dupattas, duppatta, dupata, chunari, chunri, चुन्नी, ओढ़नी, चुनरी, odhani
dhoti: veshti, lungi, dhotis, mundu, panche, lungis, धोती, लुंगी
abaya: abaia, عبايه, عبايات, abayas, abaayas, abaaya, abayah, عبايا, عباءه, عبايتي, अबाया, abayat, عبى, jilbab abaya
kaftan: caftan, قفطان, kaftans, caftans, kaftane, tunique kaftan, قفاطين, तफ्तान, कफ्तान, cafetan, قفاطن
hijab: حجاب, hijabs, hijaab, kopftuch, headscarf, veu islamico, طرحه, طرح, شيله, شيلات, ايشارب, حجابات, हिजाब, pashmina hijab
scarf: scarve, scarves, stole, shawl, bufanda, panuelo, echarpe, foulard, schal, schals, cachecol, شال, وشاح, 🧣, scarfs, bufandas, panoleta, pañuelos, chalina, mascada, echarpes, foulards, etole, etoles, cheche, halstuch, tuch, tuecher, schlauchschal, lenco, lencos, cachecois, شالات, سكارف, स्कार्फ, स्टोल, शॉल, stoles, shawls, shaal, mantilla, rebozo, ruana
sneakers: sneaker, snkrs, trainers, trainer shoes, kicks, zapatillas, baskets, turnschuh, turnschuhe, tenis, स्नीकर्स, حذاء رياضي, scarpe da ginnastica, 👟, sneekers, sneakerz, sneaker shoes, sneaks, tennies, zapatillas deportivas, deportivas, zapatillas de deporte, tenis deportivos, championes, tennis, sportschuhe, sneaker schuhe, sapatilhas, tenisinho, ténis, سنيكرز, سنيكر, كوتشي, كوتشيات, جوتي رياضي, شوز رياضي, حذاء رياضه, स्नीकर, स्पोर्ट्स शूज, sports shoe, canvas shoes, keds, baskets de sport
sneakers + style=running + occasion=running: running shoes, running shoe, sports shoes, laufschuhe, running trainers, runners, joggingschuhe, zapatillas de running, zapatillas para correr, tenis para correr, tenis de corrida, baskets de running, chaussures de running, runningschuhe, running sneakers
shoes: shoe, footwear, zapato, zapatos, chaussure, schuh, schuhe, sapato, scarpe, जूते, जूता, joota, joote, jute, احذيه, حذاء, 👞, shoos, shooz, shu, zapatitos, calzado, calzados, chaussures, godasses, pompes, schuhen, halbschuhe, lederschuhe, sapatos, calcado, calcados, شوز, جزمه, جزم, صرامي, كنادر, كندره, جوتي, نعال, शूज, शूज़, जूतों, juta, jutta, jutey, derbies, oxfords, brogues, derby shoes, oxford shoes
heels: heel, high heels, stilettos, stiletto, pumps, tacones, talons, escarpins, absatzschuhe, salto alto, हील्स, كعب, 👠, high heel, heeled, block heels, kitten heels, tacos, tacos altos, zapatos de tacon, tacones altos, taco aguja, talons hauts, talons aiguilles, escarpin, pompes a talons, high heels schuhe, stoeckelschuhe, pumps schuhe, absaetze, sapato de salto, sapatos de salto, salto agulha, scarpin, scarpins, saltos altos, كعب عالي, كعوب, كعب عالى, हाई हील्स, हील, heels wali, heel wali
sandals: sandal, sandle, sandles, chappal, chappals, sandalias, sandales, sandalen, sandalias, चप्पल, صندل, 👡, sandels, sandalz, chapal, chappel, chapals, kolhapuri, kolhapuris, kolhapuri chappal, sandaletten, sandalette, sandalias planas, huaraches, ojotas, sandalinha, rasteirinha, rasteirinhas, chinelo, chinelos, صنادل, شباشب, شبشب, सैंडल, सैंडल्स, चप्पलें, sandaal, birkenstocks, nu pieds, tongs, spartiates
boots: boot, botas, bottes, stiefel, botins, bottines, ankle boots, chelsea boots, बूट, بوت, 🥾, 👢, bootz, botines, botin, botitas, borcegos, bottine, boots cuir, stiefeletten, stiefelette, boots schuhe, botinhas, bota, coturno, coturnos, botas de cano, بوتات, جزمه شتوي, बूट्स, chelsea boot, chelseas, desert boots, combat boots, cowboy boots
flats: ballet flats, ballerinas, ballerina, bailarinas, juttis, jutti, mojaris, mojari, flat shoes, ballet shoes, ballerines, ballerinas schuhe, sapatilha, sapatilhas rasas, chatitas, manoletinas, bailarinas planas, balerina, बैली, bellies, belly shoes, khussa, khussas, mojdi, jooti, juti, jutis, फ्लैट्स, बेली, جوتي
loafers: loafer, mocasines, mocassins, moccasins, loafer shoes, mocasin, mocassin, mokassin, mokassins, slipper schuhe, sapato mocassim, mocassim, لوفر, لوفرز, लोफर, लोफर्स
slippers: slipper, flip flops, flip flop, pantuflas, hausschuhe, slides, hauslatschen, pantoffeln, chaussons, pantoufles, chinelos de quarto, شبشب بيت, स्लिपर, chanclas, havaianas, zehentrenner, flipflops
bag: handbag, purse, tote, tote bag, sling bag, bolso, sac a main, sac, tasche, handtasche, bolsa, borsa, बैग, حقيبه, شنطه, 👜, bags, handbags, bagz, crossbody bag, cross body, crossbody, shoulder bag, clutch bag, bolsos, cartera, carteras, bolsita, bolsas, sacs, sacs a main, sacoche, pochette, taschen, umhaengetasche, handtaschen, bolsinha, mala, malas, شنط, شنطات, حقائب, شنطه يد, पर्स, हैंडबैग, झोला, jhola, tote bags
backpack: rucksack, mochila, sac a dos, 🎒, backpacks, school bag, mochilas, morral, sacs a dos, rucksaecke, حقيبه ظهر, शنطه ظهر, बैकपैक, pithu
clutch: clutch bag, potli
belt: cinturon, ceinture, guertel, cinto, बेल्ट, حزام, belts, cinturones, cintos, correa, ceintures, احزمه
hat: sombrero, chapeau, hut, chapeu, टोपी, قبعه, 👒, hats, sombreros, chapeaux, huete, chapeus, strohhut, panama hat, fedora, bucket hat, قبعات, हैट, टोप, topi
cap: baseball cap, gorra, casquette, bone, 🧢, caps, gorras, cachucha, casquettes, kappe, basecap, schirmmuetze, bones, bone aba reta, boina, कैप, كاب, كابات, cap hat
beanie: gorro, bonnet, muetze, woolly hat, beanies, gorros, gorrito, bonnets, muetzen, strickmuetze, touca, toucas, gorro de lana, طاقيه, طاقيه صوف, bonnet en laine, monkey cap, woolen cap, ऊनी टोपी
gloves: glove, guantes, gants, handschuhe, luvas, 🧤, guante, gant, handschuh, luva, قفازات, जुंتي, दस्ताने, dastane, mittens
socks: sock, calcetines, chaussettes, socken, meias, मोजे, मोज़े, 🧦, calcetin, chaussette, socke, meia, soquetes, jurab, moze, moje, جوارب, شراب, شرابات, मोजा, जुराब
tie: necktie, corbata, cravate, krawatte, gravata, 👔, ties, corbatas, cravates, krawatten, schlips, gravatas, tie neck, ربطه عنق, كرافته, टाई, bow tie, corbatin, noeud papillon, fliege, gravata borboleta
sunglasses: shades glasses, gafas de sol, lunettes de soleil, sonnenbrille, oculos de sol, 🕶, sunnies, gafas, lentes de sol, anteojos de sol, lunettes, lunettes noires, sonnenbrillen, oculos, oculos escuros, نظاره شمسيه, نظارات شمسيه, نظاره, नजर का चश्मा, चश्मा, धूप का चश्मा, chashma, goggles, shades
jewellery: jewelry, earrings, earring, necklace, bracelet, jhumka, jhumkas, bangles, ring, rings, pendant, anklet, payal, bangle, kangan, choker, necklaces, bracelets, joyas, joyeria, aretes, pendientes, aros, collar joya, pulsera, pulseras, anillo, collares, bijoux, bijou, boucles d oreilles, bague, schmuck, ohrringe, halskette, armband, kette, joias, brinco, brincos, colar, anel, مجوهرات, حلق, سوار, اسوار, عقد, خاتم, झुमके, झुमका, गहने, हार, चूड़ियां, jhumke, gehne, choodiyan, maang tikka, maangtikka, nath
watch: wrist watch, reloj, une montre, armbanduhr, relogio, watches, wristwatch, relojes, montres, uhren, armbanduhren, relogios, ساعه يد, ساعات, घड़ी, ghadi
swimwear: swimsuit, swimming costume, swim suit, bathing suit, traje de banio, traje de bano, maillot de bain, badeanzug, maio, swim trunks, board shorts, 🩱, swimsuits, bather, bathers, cossie, bañador, banador, banadores, malla de bano, maillots de bain, badehose, badehosen, badeanzuege, bademode, fato de banho, fatos de banho, sunga, maios, مايوه, مايوهات, ملابس سباحه, बिकनी, स्विमसूट, burkini, trunks, swimming trunks, short de bain
swimwear + style=bikini: bikini, bikinis, biquini, 👙
nightwear: nightdress, nightgown, nightie, pyjama, pyjamas, pajama, pajamas, pijama, pijamas, schlafanzug, sleepwear, loungewear, night suit, nighty, nighties, night dress, night suits, pajamas set, camison, camisones, batas, chemise de nuit, nachthemd, pyjamahose, camisola de dormir, robe de dormir, pijaminha, بيجاما, بيجامات, بيجامه, قميص نوم, नाइट सूट, नाइटी, पजामा, पायजामा, robe de chambre, bademantel, roupao, dressing gown, loungewear set, onesie, pijama set
lingerie: bra, underwear, panties, unterwaesche, lenceria, bras, bralette, ropa interior, calzones, bragas, sujetador, sosten, brasier, sous vetements, soutien gorge, culotte, culottes femme, bh, dessous, slip, slips, sutia, sutias, calcinha, calcinhas, lencería, لانجري, ملابس داخليه, حماله صدر, ब्रा
innerwear: boxers, briefs, vests innerwear, boxer, boxer shorts, trunks underwear, calzoncillos, cuecas, cueca, boxershorts, unterhose, unterhosen, calecon, calecons, बनियान, baniyan, ganji, vest baniyan, thermals, thermal, thermal wear, thermo unterwaesche
poncho: cape, ponchos, sarape, jorongo, بونشو
dress + style=dirndl: dirndl, dirndlkleid
shirt + style=guayabera: guayabera, guayaberas
trousers + style=lederhose: lederhose, lederhosen
trousers + style=patiala: patiala, patiyala
shorts + style=bermuda: bermuda, bermudas, bermudashorts, bermuda shorts, برمودا
kurta + style=kurta set: kurta set, kurti set, kurta sets, kurta dupatta set, kurta palazzo set
kandura: kandura, kandora, kanduras, dishdasha, dishdash, dishdashas, thobe, thobes, thawb, thob, كندوره, كنادير, دشداشه, دشاديش, ثوب, ثياب, توب رجالي, jubba, कंदूरा, qamis
jalabiya: jalabiya, jalabiyas, jalabia, jellabiya, galabeya, galabia, djellaba, djellabas, jellaba, جلابيه, جلابيات, جلبيه, جلباب, جلابيب, जलाबिया, gandoura
bisht: bisht, بشت, بشوت
ghutra: ghutra, shemagh, keffiyeh, kufiya, غتره, شماغ, كوفيه
shrug: shrugs, bolero, boleros, श्रग, shrug jacket
kimono: kimono, kimonos, kimono jacket, كيمونو
huipil: huipil
boots + style=cowboy: botas vaqueras, cowboy boots, cowboystiefel, botas texanas, bota texana, santiags, western boots
blazer: suit jacket, suit jackets
skirt + material=denim: denim skirt, jean skirt, jeansrock, jeansroecke, falda vaquera, falda de mezclilla, jupe en jean, saia jeans
shorts + material=denim: short en jean, shorts en jean, jeansshorts, shorts vaqueros, bermuda jeans, shorts jeans, شورت جينز
shorts + style=chinos: chino shorts, chinos shorts
dress + material=denim: denim dress, jeanskleid, robe en jean, vestido vaquero, vestido jeans
shirt + material=denim: denim shirt, jean shirt, jeanshemd, chemise en jean, camisa vaquera, camisa jeans
coat + style=puffer: puffer coat, abrigo de plumas, daunenmantel, steppmantel
"""
