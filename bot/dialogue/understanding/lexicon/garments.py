"""Kinds of clothing in many languages. A kind that is a variety of another is that one with a style."""

CATEGORIES = """
dress: drss, vestid(o|a), robe, kleid(|er), पोशाक, ड्रेस, frock, फ्रॉक, فستان, فساتين, abit(o|i) da donna, 👗
dress + style=gown: فستان سهره, فستان سهرات, gown, ball gown, evening gown, गाउन
dress + style=sundress: sundress, sun dress, sommerkleid(|er)
dress + style=wrap: wrap dress
dress + style=bodycon: bodycon dress, bodycon
dress + style=slip: slip dress
dress + style=shirt: shirt dress, shirtdress
dress + style=skater: skater dress
dress + style=a-line: a line dress
dress + style=cocktail + occasion=cocktail: cocktail dress, cocktailkleid(|er), vestido de coctel, robe de cocktail
dress + style=ball gown: abendkleid(|er), robe de soiree, vestido de noche, vestido de gala
dress + color=black: lbd, little black dress
t-shirt: tshirt, tee shirt, tee, t shrt, tshrt, camiseta, playera, remera, maglietta, टीशर्ट, टी शर्ट, تيشيرت, تي شيرت, tişört, t-shirts, 👕
t-shirt + style=polo: polo, polo shirt, polo tshirt, polo t shirt, poloshirt
t-shirt + style=graphic + pattern=graphic: graphic tee, graphic t shirt, graphic tshirt
top: tops, haut, hauts, oberteil(|e), crop tops, टॉप, توب, parte de arriba, 👚
top + style=crop: crop top, cropped top
top + style=tank: tank top, tank, singlet, camisole, cami, cami top, debardeur, tirantes, canotta
top + style=tube: tube top, bandeau top
top + style=peplum: peplum top
tunic: tunique, tunika, tunica
shirt: shrt, camisa, chemise, hemd(|en), kameez, कमीज, शर्ट, قميص, قمصان, camicia, camicie, button down, button up, oxford shirt, dress shirt, kamiz
shirt + style=flannel + material=flannel: flannel shirt
blouse: blusa, bluse, blusen, blous, chemisier, ब्लाउज, ब्लाउज़, بلوزه
sweater: jumper, pullover, jersey sweater, sweter, sweater vest, sueter, pull, chandail, pulli, strickpulli, स्वेटर, سويتر, كنزه, maglione, jersei, malha, camisola, knitwear, svetar, sweter
sweater + style=turtleneck + neckline=turtleneck: turtleneck sweater, turtle neck sweater, rollkragenpullover
cardigan: cardi, chaqueta de punto, gilet en laine, strickjacke, strickjacken, कार्डिगन, كارديغان
sweatshirt: sweat shirt, sudadera, sweat, felpa, moletom, स्वेटशर्ट
hoodie: hoody, hooded sweatshirt, hooded sweat shirt, hooded jumper, sudadera con capucha, sweat a capuche, kapuzenpulli, kapuzenpullover, moletom com capuz, हुडी, هودي
jacket: jackt, jaket, jackets, chaqueta, cazadora, campera, chamarra, veste, blouson, jacke, jacken, jaqueta, giacca, जैकेट, جاكيت, سترة
jacket + style=bomber: bomber, bomber jacket, bomberjacke
jacket + style=biker: biker jacket, moto jacket
jacket + style=puffer: puffer, puffer jacket, down jacket, plumifero, doudoune, daunenjacke
jacket + style=windbreaker: windbreaker, windcheater, wind cheater
jacket + style=nehru: nehru jacket, modi jacket, bandi
jacket + style=rain: rain jacket, raincoat, regenjacke, chubasquero, impermeable, capa de chuva
jacket + material=denim: jaqueta jeans, chaqueta vaquera, jean jacket, jeansjacke, veste en jean
jacket + material=leather: lederjacke, lederjacken, perfecto
shacket: shirt jacket, overshirt
coat + material=wool: wool coat, casaco de la, wollmantel
coat + season=winter: winter coat, wintermantel
coat: overcoat, abrigo, manteau, mantel, maentel, casaco, cappotto, कोट, معطف, 🧥
coat + style=trench: trench coat, trench, trenchcoat, gabardina
coat + style=parka: parka
coat + style=pea: pea coat, peacoat
blazer: americana, sakko, blaser, ब्लेज़र, بليزر
suit: two piece suit, three piece suit, traje, costume homme, anzug, anzuege, terno, completo, सूट पैंट, सूट, بدله
suit + style=tuxedo: tuxedo, tux, smoking
waistcoat: vest, chaleco, gilet, weste, westen, colete, nehru waistcoat
trousers: trouser, pant, pants, slacks, pantalon, pantalones, hose, hosen, calca, calcas, pantaloni, पैंट, पतलून, بنطلون, سروال, patloon, bottoms
trousers + style=joggers: jogger, joggers, jogger pants, track pants, trackpants, sweatpants, sweat pants, jogginghose, jogginghosen
trousers + style=chinos: chino, chinos
trousers + style=cargo: cargo pants, cargos, cargo trousers, cargo
trousers + style=palazzo: palazzo, palazzos, palazzo pants
trousers + style=wide leg: wide leg pants, wide leg trousers, culottes, flared pants, flared trousers
trousers + style=capri: capri, capris
trousers + style=dress pants + occasion=formal: formal pants, formal trousers, dress pants, suit pants, anzughose
trousers + material=linen: linen pants
jeans: jean, jeans pant, denims, vaquero, vaqueros, tejanos, जीन्स, जीन, جينز, بنطلون جينز, pantalon vaquero, jeanshose, calca jeans, 👖
jeans + style=mom: mom jeans
jeans + style=bootcut: bootcut jeans, boot cut jeans
jeans + fit=skinny: skinny jeans
jeans + style=ripped: ripped jeans, distressed jeans
jeans + style=flared: flared jeans, bell bottoms, bell bottom jeans
shorts: short pants, pantalones cortos, pantalon corto, bermuda, bermudas, kurze hose, शॉर्ट्स, شورت, 🩳
shorts + style=cargo: cargo shorts, cargo short
shorts + material=denim: hot pants, jean shorts, jorts
leggings: legging, legings, churidar, mallas, tights, لیگنگ, लेगिंग
jeggings: jegging
skirt: skrt, falda, jupe, rock, roecke, saia, gonna, स्कर्ट, تنوره, تنانير, lehnga skirt, roeckchen, minifalda
skirt + length=mini: mini skirt, miniskirt, minirock, minifalda, mini jupe, minijupe
skirt + length=maxi: maxi skirt, maxirock
skirt + length=midi: midi skirt, midirock
skirt + style=pencil: pencil skirt, bleistiftrock
skirt + style=pleated: pleated skirt, faltenrock
skirt + style=skater: skater skirt
jumpsuit: jump suit, mono, combinaison, overall, macacao, tuta, जंपसूट
jumpsuit + style=romper: romper, playsuit
dungarees: dungaree, overalls, latzhose
co-ord set: co ord, coord, coords, co ords, coord set, co ord set, two piece set, 2 piece set, 2 piece, matching set, conjunto, ensemble assorti, zweiteiler
co-ord set + style=tracksuit: tracksuit, track suit, chandal, survetement, trainingsanzug, agasalho
kurta: kurti, kurtis, kurtas, kurtha, kurtaa, kurthi, कुर्ता, कुर्ती, कुर्ते, كورتا
kurta + style=anarkali: anarkali, anarkali suit, anarkali kurti, anarkali kurta, anarkali dress, अनारकली
kurta + style=kurta pyjama: kurta pajama, kurta pyjama, kurta pajama set
salwar suit: salwar, salwar kameez, shalwar kameez, punjabi suit, churidar suit, suit salwar, patiala suit, सलवार सूट, सलवार
sharara: gharara, शरारा
saree: sari, saari, sarees, saris, saadi, sadi, साड़ी, साडी, साड़ियां, ساري
lehenga: lehnga, lehanga, lehenga choli, ghagra, ghagra choli, chaniya choli, लहंगा, लहँगा
sherwani: शेरवानी, achkan, bandhgala
dupatta: chunni, दुपट्टा, odhni
dhoti: veshti, lungi
abaya: abaia, عبايه, عبايات
kaftan: caftan, قفطان
hijab: حجاب
scarf: scarve, scarves, stole, shawl, bufanda, panuelo, echarpe, foulard, schal, schals, cachecol, شال, وشاح, 🧣
sneakers: sneaker, snkrs, trainers, trainer shoes, kicks, zapatillas, baskets, turnschuh, turnschuhe, tenis, स्नीकर्स, حذاء رياضي, scarpe da ginnastica, 👟
sneakers + style=running + occasion=running: running shoes, running shoe, sports shoes, laufschuhe
shoes: shoe, footwear, zapato, zapatos, chaussure, schuh, schuhe, sapato, scarpe, जूते, जूता, joota, joote, jute, احذيه, حذاء, 👞
heels: heel, high heels, stilettos, stiletto, pumps, tacones, talons, escarpins, absatzschuhe, salto alto, हील्स, كعب, 👠
sandals: sandal, sandle, sandles, chappal, chappals, sandalias, sandales, sandalen, sandalias, चप्पल, صندل, 👡
boots: boot, botas, bottes, stiefel, botins, bottines, ankle boots, chelsea boots, बूट, بوت, 🥾, 👢
flats: ballet flats, ballerinas, ballerina, bailarinas, juttis, jutti, mojaris, mojari
loafers: loafer, mocasines, mocassins, moccasins
slippers: slipper, flip flops, flip flop, pantuflas, hausschuhe
bag: handbag, purse, tote, tote bag, sling bag, bolso, sac a main, sac, tasche, handtasche, bolsa, borsa, बैग, حقيبه, شنطه, 👜
backpack: rucksack, mochila, sac a dos, 🎒
clutch: clutch bag, potli
belt: cinturon, ceinture, guertel, cinto, बेल्ट, حزام
hat: sombrero, chapeau, hut, chapeu, टोपी, قبعه, 👒
cap: baseball cap, gorra, casquette, bone, 🧢
beanie: gorro, bonnet, muetze, woolly hat
gloves: glove, guantes, gants, handschuhe, luvas, 🧤
socks: sock, calcetines, chaussettes, socken, meias, मोजे, मोज़े, 🧦
tie: necktie, corbata, cravate, krawatte, gravata, 👔
sunglasses: shades glasses, gafas de sol, lunettes de soleil, sonnenbrille, oculos de sol, 🕶
jewellery: jewelry, earrings, earring, necklace, bracelet, jhumka, jhumkas, bangles
watch: wrist watch, reloj, une montre, armbanduhr, relogio
swimwear: swimsuit, swimming costume, swim suit, bathing suit, traje de banio, traje de bano, maillot de bain, badeanzug, maio, swim trunks, board shorts, 🩱
swimwear + style=bikini: bikini, bikinis, biquini, 👙
nightwear: nightdress, nightgown, nightie, pyjama, pyjamas, pajama, pajamas, pijama, pijamas, schlafanzug, sleepwear, loungewear, night suit
lingerie: bra, underwear, panties, unterwaesche, lenceria
innerwear: boxers, briefs, vests innerwear
poncho: cape
"""
