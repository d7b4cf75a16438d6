"""How clothes look and what they are made of: colours, shades, patterns, materials."""

COLORS = """
black: blk, blck, negr(o|a|os|as), noir(|e|es|s), schwarz(|e|er|es|en|em), pret(o|a|os|as), ner(o|a|i|e), kal(a|e|i), kaal(a|e|i), काल(ा|े|ी), اسود, سوداء, سودا, jet black, 🖤
white: wht, blanc(o|a|os|as), blanc(|he|hes|s), weiss(|e|er|es|en), bianc(o|a|hi|he), branc(o|a|os|as), safed, safaid, saphed, सफेद, ابيض, بيضاء, 🤍
off-white: off white, offwhite, blanc casse, blanco roto, ivory, marfil, ivoire, elfenbein
cream: creme, crema, cremefarben
grey: gray, gris, grises, grau, graue, grauer, graues, grauen, cinza, grigi(o|a), slate grey, रमादी, धूसर, सलेटी, sleti, رمادي, رماديه
charcoal: charcoal grey, anthracite, anthrazit
silver: plata, plateado, argent, argente, silber, silbern, prata, chandi, चांदी, فضي
red: roj(o|a|os|as), rouge(|s), rot(|e|er|es|en), vermelh(o|a|os|as), ross(o|a|i|e), laal, lal, लाल, احمر, حمراء, ❤
burgundy: maroon, wine, wine red, bordeaux, weinrot, vino, granate, bordo, marun, महरून, मैरून, عنابي, bourgogne, wine colour, wine color
pink: rosa, rosad(o|a|os|as), rose(|s), pinke, pinkes, gulabi, gulaabi, गुलाबी, وردي, ورديه, زهري, cor de rosa, 🩷
hot pink: fuchsia, fuschia, fucsia, magenta, rani pink, shocking pink
baby pink: blush, blush pink, pastel pink
peach: peachy, melocoton, peche, pfirsich, pessego, aadoo, आड़ू, salmon
coral: corail, koralle
orange: naranja(|s), laranja, orangefarben, arancione, narangi, santari, नारंगी, برتقالي, 🧡
rust: rust orange, rust colour, terracotta, burnt orange, oxido
yellow: amarill(o|a|os|as), jaune(|s), gelb(|e|er|es|en), amarel(o|a|os|as), giall(o|a|i|e), peel(a|e|i), pila, pili, haldi yellow, पील(ा|े|ी), اصفر, صفراء, 💛
mustard: mustard yellow, mostaza, moutarde, senf, senfgelb, mostarda, sarson, मस्टर्ड
gold: golden, dorad(o|a|os|as), dore, doree, golden(e|er|es), dourad(o|a), sunehr(a|i|e), सुनहर(ा|ी|े), ذهبي
green: verde(|s), vert(|e|es|s), gruen(|e|er|es|en), grun(|e|er|es|en), hara, hare, hari, harey, हर(ा|े|ी), اخضر, خضراء, 💚
olive: olive green, verde oliva, oliva, vert olive, olivgruen, khaki green, army green, mehendi green, mehndi green
khaki: caqui, kaki
mint: mint green, menta, menthe, verde menta, minze, pista, pista green
sage: sage green, salbei
emerald: emerald green, esmeralda, bottle green
teal: petrol, peacock blue, peacock green
turquoise: turquesa, turkis, tuerkis, firozi, firoza, फिरोजी, aqua, تركواز
blue: azul(|es), bleu(|e|es|s), blau(|e|er|es|en), blu, neel(a|e|i), nila, nili, नील(ा|े|ी), ازرق, زرقاء, 💙
navy: navy blue, azul marino, bleu marine, marineblau, marine blau, azul marinho, dunkelblau marine, कहरा नीला, كحلي
sky blue: sky, celeste, bleu ciel, himmelblau, asmani, aasmani, आसमानी, سماوي
royal blue: azul royal, bleu roi, koenigsblau
cobalt: cobalt blue
baby blue: powder blue, pastel blue
purple: violet, morad(o|a|os|as), viol(eta|ett), violette(|s), lila, rox(o|a|os|as), viola, baingani, baigani, jamuni, बैंगनी, जामुनी, بنفسجي, 💜
lavender: lavanda, lavande, lavendel, lilac, lilas
mauve: malva
plum: ciruela, prune
brown: marron(|es), brun(|e|es), braun(|e|er|es|en), marrom, castanh(o|a), bhur(a|e|i), भूर(ा|े|ी), بني, 🤎, chocolate, chocolate brown, coffee brown, coffee colour
tan: camel, camel brown, cognac
beige: beis, bege, fawn, biscuit, sand coloured, sandfarben, बेज, بيج
nude: nude coloured, skin colour, skin coloured
multicolor: multicolour, multi colour, multi color, multicoloured, multicolored, colourful, colorful, rang birangi, colorido, multicolore, bunt
neon: neon coloured, fluorescent
pastel: pastels, pastel colours, pastel colors, pastel shades
"""

SHADES = """
dark: deep, oscur(o|a|os|as), fonce(|e|es|s), dunkel, dunkle, dunkles, dunkler, escur(o|a|os|as), scur(o|a), gehr(a|e|i), गहर(ा|े|ी), غامق, غامقه
light: pale, clar(o|a|os|as), clair(|e|es|s), hell, helle, helles, heller, chiar(o|a), halk(a|e|i), हल्क(ा|े|ी), فاتح, فاتحه
bright: viv(o|a), vif, vive, leuchtend, brillante, chatak, चटक
"""

PATTERNS = """
solid: plain, no print, no prints, no pattern, no patterns, without print, without prints, without pattern, single colour, single color, liso, lisa, uni, unie, sin estampado, sin estampados, sans motif, sans motifs, einfarbig, ohne muster, sem estampa, bina print, bina print ka, bina print ke, saada, sada, saadi wali, सादा, ساده, solid colour, solid color
printed: print, prints, estampad(o|a|os|as), imprime(|e|es|s), bedruckt(|e|es|er), प्रिंटेड, مطبوع
floral: floral print, flower, flowers, flowery, flower print, florals, flores, floreado, de flores, a fleurs, fleuri, fleurie, fleurs, geblumt, gebluemt(|e|es), mit blumen, blumen, blumenmuster, florid(o|a), phool wala, phoolon, phool, फूल, फूलों, फ्लोरल, مزهر, ورود
striped: stripe, stripes, stripy, pinstripe, pinstripes, pinstriped, rayas, de rayas, a rayas, raye, rayee, a rayures, rayures, gestreift(|e|es|er), streifen, listrad(o|a), listras, dhari, dhaari, dhariyon, dharidar, धारीदार, مخطط
checked: check, checks, checkered, chequered, plaid, tartan, gingham, cuadros, de cuadros, a cuadros, a carreaux, carreaux, kariert(|e|es|er), xadrez, chaukhana, चेक, كاروهات
polka dot: polka, polka dots, polka dotted, dotted, dots, lunares, de lunares, a lunares, a pois, pois, gepunktet(|e|es), punkte, bolinhas, poa, بولكا
animal: animal print, animal prints
leopard: leopard print, leopardo, tigre print, cheetah print, cheetah
zebra: zebra print
geometric: geometric print, geometrico, geometrique, geometrisch
abstract: abstract print, abstracto
graphic: graphic print, graphics
paisley: paisley print
tie-dye: tie dye, tie and dye, tie dyed
camouflage: camo, camouflage print
tropical: tropical print, hawaiian, hawaiian print
houndstooth: pied de poule
colourblock: color block, colour block, colorblock, color blocked, colour blocked
embroidered: embroidery, bordad(o|a|os|as), brode(|e|es|s), bestickt(|e|es), kadhai, kadhai wala, कढ़ाई, مطرز, مطرزه
block print: block printed
bandhani: bandhej, bandhini
ikat: ikkat
ombre: gradient
"""

MATERIALS = """
cotton: coton, algodon, baumwolle, algodao, cotone, sooti, suti, कॉटन, सूती, قطن, قطني, cottn, pure cotton, 100 cotton
linen: lino, lin, leinen, linho, लिनन, كتان
silk: seda, soie, seide, seta, resham, reshmi, रेशम, रेशमी, सिल्क, حرير, pure silk, satin silk
denim: jean material, jeans material, jeansstoff, mezclilla, डेनिम, دنيم
leather: leathr, lether, cuero, piel, cuir, leder, couro, pelle, chamda, chamde, चमड़ा, चमड़े, लेदर, جلد
faux leather: vegan leather, pleather, fake leather, cuero sintetico, simili cuir, kunstleder, couro sintetico
suede: ante, daim, wildleder, camurca, شمواه
wool: woolen, woollen, wollen, lana, laine, wolle, la wolle, oon, ooni, ऊनी, ऊन, صوف
merino: merino wool
cashmere: cachemira, cachemire, kaschmir, pashmina, कश्मीरी
fleece: polar, polaire, fliess
flannel: franela, flanelle, flanell
velvet: terciopelo, velours, samt, veludo, velluto, makhmal, मखमल, वेलवेट, مخمل
satin: saten, raso, सैटिन, ساتان
lace: encaje, dentelle, spitze, renda, pizzo, दांतेल, دانتيل
chiffon: chifon, शिफॉन, شيفون
georgette: jorjet, जॉर्जेट
crepe: crape, क्रेप
organza: ऑर्गेंज़ा
net: netted fabric
tulle: tul, tuell
mesh: maschenstoff
rayon: रेयॉन
viscose: viscosa, viskose
polyester: poliester, पॉलिएस्टर, بوليستر
nylon: nailon
lycra: spandex, elastane
modal: modal fabric
corduroy: cord, pana, cord stoff, velours cotele, cordhose
tweed: tweed fabric
jersey: jersey fabric, jersey cotton
knit: knitted, knits, tejid(o|a), tricot, gestrickt, strick
khadi: खादी
chanderi: चंदेरी
banarasi: banarasi silk, बनारसी
kanjivaram: kanjeevaram, kanchipuram
brocade: brocado, brokat
mulmul: mul mul
canvas: lona, toile
fur: faux fur, pelz, piel sintetica
down: feather down, daunen
jute: जूट
bamboo: bambu
hemp: canamo, hanf
recycled: recycled fabric
"""
