"""How clothes look and what they are made of: colours, shades, patterns, materials."""

COLORS = """
black: blk, blck, negr(o|a|os|as), noir(|e|es|s), schwarz(|e|er|es|en|em), pret(o|a|os|as), ner(o|a|i|e), kal(a|e|i), kaal(a|e|i), काल(ा|े|ी), اسود, سوداء, سودا, jet black, 🖤, blak, bleck, blacks, noire, negrito, negrita, pretinho, pretinha, pretinhos, schwarzes, karo colour, kaley, kaaley, सियाह, ब्लैक, बलैक, سود, السوداء, سوده, بلاك
white: wht, blanc(o|a|os|as), blanc(|he|hes|s), weiss(|e|er|es|en), bianc(o|a|hi|he), branc(o|a|os|as), safed, safaid, saphed, सफेद, ابيض, بيضاء, 🤍, whites, snow white, blanquito, blanquita, branquinho, branquinha, weises, vit, suffed, safed rang, श्वेत, व्हाइट, وايت, بيض, ابيضه, بيضه
off-white: off white, offwhite, blanc casse, blanco roto, ivory, marfil, ivoire, elfenbein, crudo, ecru, cru, blanco hueso, hueso, wollweiss, eierschale, perola, perle, hathi dant, ऑफ वाइट, ऑफ व्हाइट, عاجي, اوف وايت, سكري, سمني
cream: creme, crema, cremefarben, creams, creamy, cremig, cremefarbene, color crema, क्रीम, كريمي, كريم
grey: gray, gris, grises, grau, graue, grauer, graues, grauen, cinza, grigi(o|a), slate grey, रमादी, धूसर, सलेटी, sleti, رمادي, رماديه, grays, greys, grisaceo, cinzent(o|a|os|as), plomo, greige, gris perle, hellgraues, ग्रे, स्लेटी, gray colour, رصاصي, رماديات, grigio, salet(i)
charcoal: charcoal grey, anthracite, anthrazit, gris marengo, marengo, grafito, gris anthracite, anthrazitfarben, grafite, فحمي, چارکول
silver: plata, plateado, argent, argente, silber, silbern, prata, chandi, चांदी, فضي, plateada, plateados, argentee, argentes, silbernes, silberne, prateado, prateada, prateados, silvery, rupehri, सिल्वर, چاندی, فضيه
red: roj(o|a|os|as), rouge(|s), rot(|e|er|es|en), vermelh(o|a|os|as), ross(o|a|i|e), laal, lal, लाल, احمر, حمراء, rojito, rojita, bermellon, vermelhinho, cherry red, cherry, tomato red, scarlet, crimson, carmesi, ecarlate, blutrot, knallrot, laal rang, lal rang, surkh, रेड, लाल रंग, حمره, حمر, احمرات
burgundy: maroon, wine, wine red, bordeaux, weinrot, vino, granate, bordo, marun, महरून, मैरून, عنابي, bourgogne, wine colour, wine color, burgandy, burgundi, maron, vino tinto, color vino, guinda, tinto, lie de vin, rouge bordeaux, bordeauxrot, bordeauxfarben, weinrote, weinrotes, weinroter, vinho, cor de vinho, bordô, marsala, oxblood, mehroon, mahroon, महरूनी, मरून, वाइन, خمري, ماروني, نبيتي, عنابيه, cor vinho, rojo vino, vermelho vinho, rouge vin, dark red wine
pink: rosa, rosad(o|a|os|as), rose(|s), pinke, pinkes, gulabi, gulaabi, गुलाबी, وردي, ورديه, زهري, cor de rosa, 🩷, pinks, pinky, rosita, rosinha, cor-de-rosa, rosafarben, rosane, rosanes, rosaroter, rose poudre, altrosa, rosa palo, rosa claro rosa, gulaabee, गुलाबी रंग, पिंक, روز, زهر, بينك, ورديات, بمبي, بمبه, زهريه
hot pink: fuchsia, fuschia, fucsia, magenta, rani pink, shocking pink, rosa fucsia, rosa fosforito, rosa chicle, rosa mexicano, fuchsiafarben, rose fuchsia, rosa choque, pink choque, rani, rani color, रानी, फ्यूशिया, فوشيا, فوشي
baby pink: blush, blush pink, pastel pink, rosa bebe, rose bebe, babyrosa, rosa pastel, rosa cha
peach: peachy, melocoton, peche, pfirsich, pessego, aadoo, आड़ू, salmon, durazno, lachs, lachsfarben, saumon, salmao, apricot, aprikose, abricot, पीच, मشمشي, مشمشي, خوخي
coral: corail, koralle, corals, corallo, मूंगा, كورال, مرجاني
orange: naranja(|s), laranja, orangefarben, arancione, narangi, santari, नारंगी, برتقالي, 🧡, naranjas, anaranjado, anaranjada, laranjas, orangene, oranges, orangenes, alaranjado, ऑरेंज, संतरी, برتقاليه, اورنج
rust: rust orange, rust colour, terracotta, burnt orange, oxido, rouille, rost, rostrot, rostfarben, ferrugem, terracota, teja, color teja, brique, ziegelrot, tijolo, caramelo ladrillo, ladrillo, रस्ट, صدئي, brick red, brick
yellow: amarill(o|a|os|as), jaune(|s), gelb(|e|er|es|en), amarel(o|a|os|as), giall(o|a|i|e), peel(a|e|i), pila, pili, haldi yellow, पील(ा|े|ी), اصفر, صفراء, 💛, amarillito, amarelinho, gelbes, gelben, zitronengelb, limon, lemon yellow, pilla, peele rang, haldi wala, येलो, पीला रंग, صفره, صفر, يلو
mustard: mustard yellow, mostaza, moutarde, senf, senfgelb, mostarda, sarson, मस्टर्ड, senffarben, senfgelbes, सरसों, خردلي, sarso
gold: golden, dorad(o|a|os|as), dore, doree, golden(e|er|es), dourad(o|a), sunehr(a|i|e), सुनहर(ा|ी|े), ذهبي, goldfarben, goldene, goldenem, dorados, dourados, douradas, or dore, dorees, gilded, सुनहरी, गोल्डन, गोल्ड, ذهبيه, دهبي, ذهبى
green: verde(|s), vert(|e|es|s), gruen(|e|er|es|en), grun(|e|er|es|en), hara, hare, hari, harey, हर(ा|े|ी), اخضر, خضراء, 💚, greens, verdecito, verdinho, gruenes, gruener, smaragd gruen, hara rang, hare rang, ग्रीन, हरा रंग, خضره, خضر, جرين, dhani
olive: olive green, verde oliva, oliva, vert olive, olivgruen, khaki green, army green, mehendi green, mehndi green, olivas, oliv, olivenfarben, verde militar, vert militaire, verde olivo, verde musgo, militar, ऑलिव, زيتي, زيتوني, زيتيه
khaki: caqui, kaki, khakis, khakhi, khakifarben, color caqui, verde caqui, खाकी, خاكي, كاكي
mint: mint green, menta, menthe, verde menta, minze, pista, pista green, mintgruen, minzgruen, vert d eau, verde agua, verde hortela, pistachio, pistache, pistacho, pistazie, पिस्ता, मिंट, نعناعي, فستقي
sage: sage green, salbei, verde salvia, vert sauge, sauge, salbeigruen, salvia, सेज, مريمي
emerald: emerald green, esmeralda, bottle green, esmeraldas, vert emeraude, emeraude, smaragd, smaragdgruen, verde esmeralda, verde botella, vert bouteille, flaschengruen, verde garrafa, panna, एमराल्ड, زمردي, زمرديه
teal: petrol, peacock blue, peacock green, bleu canard, petroleo, azul petroleo, azul petróleo, bleu petrole, vert canard, petrolfarben, mor pankhi, morpankhi, टील, بترولي, تيل
turquoise: turquesa, turkis, tuerkis, firozi, firoza, फिरोजी, aqua, تركواز, turquesas, turkisfarben, tuerkisfarben, aguamarina, azul turquesa, azul tiffany, tiffany, bleu turquoise, फ़िरोज़ी, फिरोज़ी, टर्कोइज़, فيروزي, فيروزيه, تركوازي
blue: azul(|es), bleu(|e|es|s), blau(|e|er|es|en), blu, neel(a|e|i), nila, nili, नील(ा|े|ी), ازرق, زرقاء, 💙, blues, blew, azulito, azulzinho, blaues, blauem, bleuet, neele rang, neela rang, nille, ब्लू, नीला रंग, زرق, زرقه, بلو, ازرقات
navy: navy blue, azul marino, bleu marine, marineblau, marine blau, azul marinho, कहरा नीला, كحلي, navy colour, nevy blue, nevy, naavy, azul marina, azul oscuro marino, marinho, marineblaue, navyblau, marino, marine bleu, नेवी, नेवी ब्लू, كحليه, نيفي, كحلى
sky blue: sky, celeste, bleu ciel, himmelblau, asmani, aasmani, आसमानी, سماوي, azul cielo, azul celeste, celestes, celestito, azul ceu, azul bebe claro, hellblau himmel, aasmaani, asmaani, आसमानी रंग, स्काई ब्लू, سماويه, سماوى, لبني, بيبي بلو
royal blue: azul royal, bleu roi, koenigsblau, azulon, azul rey, azul electrico, bleu electrique, bleu royal, kobalt royal, royalblau, azul bic, azul eletrico, रॉयल ब्लू, ازرق ملكي, electric blue
cobalt: cobalt blue, azul cobalto, cobalto, kobaltblau, bleu cobalt, کوبالٹ
baby blue: powder blue, pastel blue, azul bebe, bleu bebe, babyblau, azul claro bebe
purple: violet, morad(o|a|os|as), viol(eta|ett), violette(|s), rox(o|a|os|as), viola, baingani, baigani, jamuni, बैंगनी, जामुनी, بنفسجي, 💜, purpel, purpura, morados, moradas, moradito, violetas, violeta, roxinho, roxas, violette, lilafarben, lilane, pourpre, jamni, jaamuni, पर्पल, जामनी, موف, بنفسجيه, ارجواني, بربل
lavender: lavanda, lavande, lavendel, lavanda claro, lavendelfarben, lavendar, lavander, लैवेंडर, लेवेंडर, لافندر, خزامي
mauve: malva, malvas, malve, mauves, मॉव
plum: ciruela, prune, pflaume, pflaumenfarben, ameixa, aubergine, berenjena, eggplant
brown: marron(|es), brun(|e|es), braun(|e|er|es|en), marrom, castanh(o|a), bhur(a|e|i), भूर(ा|े|ी), بني, 🤎, chocolate, chocolate brown, coffee brown, coffee colour, browns, cafe, color cafe, chocolates, marronzinho, castanhas, castanhos, braunes, brunes, bruns, marrones, cafés, cappuccino, mocha, moka, bhoora, bhoori, katthai, कत्थई, ब्राउन, भूरा रंग, बنيه, بنيه, براون, جوزي, قهوجي
tan: cognac, tans, cuero claro, cognacfarben, caramel, caramelo, caramello, टैन, هافان, عسلي
beige: beis, bege, fawn, biscuit, sand coloured, sandfarben, बेज, بيج, beiges, arena, sable, sand, sandfarbene, areia, beich, beije, बेज रंग, बेइज, بيجي, رملي
nude: nude coloured, skin colour, skin coloured, nudes, hautfarben, color carne, न्यूड, نود, لحمي
multicolor: multicolour, multi colour, multi color, multicoloured, multicolored, colourful, colorful, rang birangi, colorido, multicolore, bunt, multicolores, bunte, buntes, bunter, bunten, colorida, coloridos, coloridas, de colores, multicolorido, rangbirangi, rangeen, रंगबिरंगी, रंग बिरंगा, मल्टीकलर, ملون, ملونه, متعدد الالوان, rainbow
neon: neon coloured, fluorescent, neons, fosforescente, neonfarben, fluo, fluor, fluo jaune, नियॉन, فسفوري, نيون
pastel: pastels, pastel colours, pastel colors, pastel shades, pasteles, pastelfarben, tons pastel, tonos pastel, tons pastels, पेस्टल, باستيل
camel: camel, camel brown, camello, color camello, camelfarben, camel clair, जमली, جملي, caramelo camel
lilac: lila, lilas, lila claro, flieder, fliederfarben, ليلكي, ليلكيه, color lila
"""

SHADES = """
dark: deep, oscur(o|a|os|as), fonce(|e|es|s), dunkel, dunkle, dunkles, dunkler, escur(o|a|os|as), scur(o|a), gehr(a|e|i), गहर(ा|े|ी), غامق, غامقه, darkk, drk, oscurito, oscurita, fonces, foncees, dunklen, dunklem, escuros, escuras, gehre, gehra wala, गाढ़ा, गाढ़े, गाढ़ी, डार्क, داكن, داكنه, دارك, غامقين, gaadha
light: pale, clar(o|a|os|as), clair(|e|es|s), hell, helle, helles, heller, chiar(o|a), halk(a|e|i), हल्क(ा|े|ी), فاتح, فاتحه, lite, lyt, clarito, clarita, claritos, claire, claires, clairs, hellen, hellem, clarinho, clarinha, claros, claras, pastell, halke, लाइट, हल्के रंग, لايت, فواتح, فاتحين, pálido
bright: viv(o|a), vif, vive, leuchtend, brillante, chatak, चटक, brigt, vivos, vivas, vifs, vives, leuchtende, knallig, knalliges, knallige, grelles, vibrante, intenso, ब्राइट, चमकीला, चमकीली, زاهي, زاهيه, chamkila, chamkile
"""

PATTERNS = """
solid: plain, no print, no prints, no pattern, no patterns, without print, without prints, without pattern, single colour, single color, liso, lisa, uni, unie, sin estampado, sin estampados, sans motif, sans motifs, einfarbig, ohne muster, sem estampa, bina print, bina print ka, bina print ke, saada, sada, saadi wali, सादा, ساده, solid colour, solid color, plain coloured, plain colored, solids, self colour, self color, lisos, lisas, sin dibujos, sin estampar, de un solo color, unicolor, color liso, color entero, unis, unies, couleur unie, unifarben, uni farben, uninah, schlicht, einfarbige, einfarbiges, einfarbiger, lisinho, lisinha, sem estampas, cor solida, sadha, sada wala, प्लेन, सॉलिड, एक रंग, بدون نقش, بدون نقشه, بدون نقوش, ساده بدون رسمه, سادا
printed: print, prints, estampad(o|a|os|as), imprime(|e|es|s), bedruckt(|e|es|er), प्रिंटेड, مطبوع, printd, printed wala, estampadito, imprimee, imprimees, bedruckte, bedrucktes, gemustert, gemusterte, gemustertes, gemusterter, a motifs, motifs, estampadas, estampadinha, estampa, estampas, chhapa, प्रिंट, छपाई, مطبوعه, منقوش, منقوشه, برنت
floral: floral print, flower, flowers, flowery, flower print, florals, flores, floreado, de flores, a fleurs, fleuri, fleurie, fleurs, geblumt, gebluemt(|e|es), mit blumen, blumen, blumenmuster, florid(o|a), phool wala, phoolon, phool, फूल, फूलों, फ्लोरल, مزهر, ورود, flowerd, floreada, floreadas, florales, con flores, floripondio, floreados, fleur, petites fleurs, motif fleuri, imprime fleuri, geblümte, gebluemten, gebluemter, blumig, blumige, bluemchen, mit bluemchen, blumenprint, estampa floral, floridinho, floridas, florzinha, florzinhas, flor, fool wala, phoolwala, phulwala, phul, phulon, phoolo, फूलदार, फूल वाला, फूलों वाला, फूलों वाली, وردات, زهور, بالورود, مورد, مورده, ورد, مزهره, مشجر, مشجره
striped: stripe, stripes, stripy, pinstripe, pinstripes, pinstriped, rayas, de rayas, a rayas, raye, rayee, a rayures, rayures, gestreift(|e|es|er), streifen, listrad(o|a), listras, dhari, dhaari, dhariyon, dharidar, धारीदार, مخطط, strips, stripey, strippy, strips wala, rayado, rayada, rayadas, rayados, a rayitas, rayitas, raya, rayees, rayés, a rayure, gestreifte, gestreiften, gestreifter, streifenmuster, mit streifen, nadelstreifen, listrada, listradas, listrados, riscas, as riscas, risca, listrinhas, dhariya, dhaari wala, dharidaar, lining wala, लाइनिंग, धारी, धारियों, धारियों वाली, धारी वाला, مقلم, مقلمه, مخططه, خطوط, بخطوط
checked: check, checks, checkered, chequered, plaid, tartan, gingham, cuadros, de cuadros, a cuadros, a carreaux, carreaux, kariert(|e|es|er), xadrez, chaukhana, चेक, كاروهات, checks wala, chex, cuadritos, cuadrille, quadrillé, a cuadritos, escoces, ecossais, a petits carreaux, vichy, karierte, karierten, karierter, karos, karomuster, holzfaeller, axadrezado, quadriculado, xadrezinho, lumberjack, checkd, चेक्स, चौखाना, كاروه, مربعات, بمربعات, مربع, karohemd, kleinkariert, kleinkariertes
polka dot: polka, polka dots, polka dotted, dotted, dots, lunares, de lunares, a lunares, a pois, pois, gepunktet(|e|es), punkte, bolinhas, poa, بولكا, polkadot, polkadots, de puntos, topos, de topos, petits pois, a petits pois, gepunktete, gepunktetes, gepunkteter, mit punkten, puenktchen, tupfen, poas, de bolinhas, de bolinha, bolinha, petit poa, bindi print, बिंदीदार, पोल्का, पोल्का डॉट, منقط, منقطه, نقاط, دوائر, بولكا دوت
animal: animal print, animal prints, estampado animal, animalier, imprime animal, tiermuster, tierprint, estampa de bicho
leopard: leopard print, leopardo, tigre print, cheetah print, cheetah, de leopardo, leopardos, leoprint, leopardenmuster, leo muster, leo print, oncinha, onça, onca, estampa de onca, estampa de oncinha, panthere, zebre, imprime leopard, तेंदुआ, नمري, نمري, نمر, تايجر
zebra: zebra print, cebra, zebrado, zebramuster
geometric: geometric print, geometrico, geometrique, geometrisch, geometricos, geometrica, geometriques, geometrisches, ज्यामितीय, هندسي
abstract: abstract print, abstracto
graphic: graphic print, graphics, grafico, graphique, grafik, com estampa grafica
paisley: paisley print
tie-dye: tie dye, tie and dye, tie dyed, tie-dyed, batik, batikmuster, bandhana, teñido
camouflage: camo, camouflage print, camuflaje, camuflado, camuflada, tarnmuster, tarnprint, militaire camouflage, फौजी, مموه, جيشي
tropical: tropical print, hawaiian, hawaiian print, hawaiana, hawaiano, hawaiianisch, hawaihemd muster, tropicales, havaiana estampa, palmeras
houndstooth: pied de poule
colourblock: color block, colour block, colorblock, color blocked, colour blocked
embroidered: embroidery, bordad(o|a|os|as), brode(|e|es|s), bestickt(|e|es), kadhai, kadhai wala, कढ़ाई, مطرز, مطرزه, embroided, embroidary, embroidry, bordado, bordaditos, bordados, brodee, brodees, bestickte, besticktes, bestickter, gestickt, mit stickerei, bordadinho, zari, zardozi, zardosi, chikankari, chikan, lucknowi, mirror work, gota patti, phulkari, kadhaai, kadhai ka kaam, कढ़ाईदार, ज़री, जरी, चिकनकारी, تطريز, بتطريز, مشغول, مطرزين
block print: block printed, block prints, ajrakh, bagru, ब्लॉक प्रिंट
bandhani: bandhej, bandhini, bandhni, bandhej print, बांधनी
ikat: ikkat
ombre: gradient, degrade, degradado, farbverlauf, degradê
"""

MATERIALS = """
cotton: coton, algodon, baumwolle, algodao, cotone, sooti, suti, कॉटन, सूती, قطن, قطني, cottn, pure cotton, 100 cotton, cottons, 100% cotton, cotten, kotton, cotton ka, algodón, de algodon, 100 algodon, baumwollenes, aus baumwolle, baumwollstoff, bio baumwolle, algodaozinho, sutti, sooti kapda, soot, कपास, सूती कपड़ा, قطنيه, كوتون, قطن ١٠٠
linen: lino, lin, leinen, linho, लिनन, كتان, linnen, de lino, linos, leinenstoff, aus leinen, en lin, lin pur, de linho, लिनेन, लिलन, كتاني, كتانيه, لينن
silk: seda, soie, seide, seta, resham, reshmi, रेशम, रेशमी, सिल्क, حرير, pure silk, satin silk, silky, silkk, sedoso, de seda, sedas, seidene, seidenes, seiden, aus seide, en soie, soies, sedinha, sillk, रेशमी कपड़ा, सिल्क की, حريري, حريريه, ستان حرير, raw silk, art silk
denim: jean material, jeans material, jeansstoff, mezclilla, डेनिम, دنيم, denims, tela vaquera, tejido vaquero, de mezclilla, jeans stoff, toile denim, ganga, डेनिम का, جينز قماش, vaquera, vaqueras, tejana, tejanas
leather: leathr, lether, de pele, em pele, cuero, piel, cuir, leder, couro, pelle, chamda, chamde, चमड़ा, चमड़े, लेदर, جلد, aus leder, echtleder, en cuir, cuirs, cuerito, de cuero, couro legitimo, lather, leatherr, real leather, genuine leather, चमड़े का, चमड़े की, جلدي, جلديه, جلد طبيعي
faux leather: vegan leather, pleather, fake leather, cuero sintetico, simili cuir, kunstleder, couro sintetico, polipiel, ecocuero, piel sintetica, cuero vegano, cuerina, simili, similicuir, imitation cuir, lederimitat, veganes leder, pu leather, couro ecologico, couro fake, eco couro, courino, نكلي, جلد صناعي, نकली चमड़ा, रेक्सीन, rexine, pu
suede: daim, wildleder, camurca, شمواه, gamuza, serraje, suedine, veloursleder, rauleder, nobuck, nubuck, सुएड, شامواه, سويد
wool: woolen, woollen, wollen, lana, laine, wolle, la wolle, oon, ooni, ऊनी, ऊन, صوف, wools, woolly, wooly, wollig, aus wolle, wollenes, schurwolle, merinowolle, lanas, de lana, lainage, en laine, laines, lãzinha, unni, oonee, वूल, वूलन, ऊन का, صوفي, صوفيه
merino: merino wool
cashmere: cachemira, cachemire, kaschmir, pashmina, कश्मीरी, kashmir, kasmir, cachemir, kaschmirwolle, caxemira, pashmeena, पश्मीना, कैशमियर, كشمير, باشمينا
fleece: polar, polaire, fliess, forro polar, fliesjacke, polaires, फ्लीस, فليس, sherpa, borreguito, teddy, teddyfleece
flannel: franela, flanelle, flanell
velvet: terciopelo, velours, samt, veludo, velluto, makhmal, मखमल, वेलवेट, مخمل, velvets, terciopelado, samtig, samtene, samtenes, aus samt, veludinho, velvett, makhmali, वेलवेट का, मखमली, قطيفه, فلفت, مخملي, مخمليه, velour
satin: saten, raso, सैटिन, ساتان, satins, satinado, satinada, satine, satiniert, satinstoff, cetim, acetinado, साटन, सेटिन, साटिन, ستان, ساتاني
lace: encaje, dentelle, spitze, renda, pizzo, दांतेल, دانتيل, lacy, laced, encajes, puntilla, blonda, guipur, dentelles, spitzen, aus spitze, rendas, rendado, rendada, de renda, guipir, laces, लेस, जालीदार, دنتيل, تول دانتيل, jaali, jaalidar
chiffon: chifon, शिफॉन, شيفون, shiffon, chifón, gasa, gaze, mousseline, chiffonstoff, chifonne, गैस, शिफॉन का, شيفونه
georgette: jorjet, जॉर्जेट, jorjette, georgete, jorjetta, जॉर्जेट का, جورجيت
crepe: crape, क्रेप, crepe fabric, crespon, crep, crepon, कрепे, क्रेप का, كريب
organza: ऑर्गेंज़ा, organzas, ऑर्गेंजा, اورجانزا, اورغانزا
net: netted fabric, net wali, net wala, net fabric, नेट
tulle: tul, tuell, tules, tulle stoff, टुल, تل, تول
mesh: maschenstoff, malla tela, rejilla, resille, netzstoff, netz, tela mesh, شبك, शبك
rayon: रेयॉन
viscose: viscosa, viskose, viskosestoff, फिस्कोस, فيسكوز
polyester: poliester, पॉलिएस्टर, بوليستر, polyster, poliéster, polester, polyestermix, पॉलीएस्टर, पोलिएस्टर
nylon: nailon, nylons, poliamida, polyamid, poliamide, नायलॉन, نايلون
lycra: spandex, elastane, elastan, elasthan, elasthanne, elastano, licra, elastico, लाइक्रा, ليكرا
modal: modal fabric, modalstoff
corduroy: cord, pana, cord stoff, velours cotele, cordhose, corderoy, corduroys, kord, cordstoff, cordhosen, velours côtelé, cotele, veludo cotele, bombazine, micropana, कॉर्डरॉय, كوردروي, مخمل مضلع
tweed: tweed fabric, tweedstoff, ट्वीड, تويد
jersey: jersey fabric, jersey cotton
knit: knitted, knits, tejid(o|a), tricot, gestrickt, strick, knitwear, strickstoff, gestrickte, gestricktes, gestrickter, de punto, tejida, tejidos, maille, en maille, tricote, tricotado, trico, de trico, crochet, crochê, croche, haekel, gehaekelt, ganchillo, तूल बुना, bunai, बुना हुआ, تريكو, كروشيه, محبوك
khadi: खादी, khaddar, khadi cotton, खादी का
chanderi: चंदेरी
banarasi: banarasi silk, बनारसी, banarsi, benarasi, banaras, बनारसी सिल्क
kanjivaram: kanjeevaram, kanchipuram, kanchivaram, kanjeevaram silk, कांजीवरम
brocade: brocado, brokat, brocart, brocados, ब्रोकेड, بروكار
mulmul: mul mul
canvas: lona, toile
fur: faux fur, pelz, piel sintetica, furry, pelito, fausse fourrure, fourrure, kunstpelz, kunstfell, pelucia, pele sintetica, पशम, فرو, فروه, فرو صناعي
down: feather down, daunen, plumas, pluma, plumon, duvet, daune, penas, ريش
jute: जूट
bamboo: bambu, bambou, bambus, बाँस
hemp: canamo, hanf
recycled: recycled fabric
tencel: tencel, lyocell
tussar: tussar, tussar silk, tasar, टसर
"""
