"""How shops of other languages name garments and what they are like.

One line for each value: `value: phrase, phrase`. A phrase stands without accents and serves for its plural; `*`
stands for the endings of adjectives, `=` for nothing but the phrase itself. `little` are other words that tell the
language. What people say is the understanding's affair; a test sees that the two agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_SPANISH = """
clothing: ropa, moda
top: tops, parte de arriba
t-shirt: camiseta, playera, remera, polera
shirt: camisa
blouse: blusa
polo: polo, camiseta polo
tank top: camiseta de tirantes, musculosa
crop top: top corto
bodysuit: body, bodi
tunic: tunica
sweater: jersey, sueter, jerseis
cardigan: cardigan, chaqueta de punto, rebeca
sweatshirt: sudadera
hoodie: sudadera con capucha, canguro
jacket: chaqueta, cazadora, campera, chamarra, chaqueton, plumifero, cortavientos
coat: abrigo, gabardina, parka
blazer: blazer, americana
vest: chaleco
cape: capa, poncho
trousers: pantalon, pantalones, chinos, joggers
jeans: vaquero, vaqueros, tejanos, pantalon vaquero, pantalones vaqueros, jeans
leggings: leggings, mallas, calzas
shorts: pantalon corto, pantalones cortos, bermuda, bermudas, shorts
skirt: falda, minifalda, pollera
dress: vestid*, vestidito
jumpsuit: mono, enterito, mono largo, mono corto
dungarees: peto, overol
suit: traje, esmoquin
co-ord set: conjunto, chandal
underwear: ropa interior, sujetador, braga, bragas, calzoncillo, calzoncillos, calcetin, calcetines, lenceria
swimwear: banador, bikini, traje de bano, ropa de bano
sleepwear: pijama, camison, bata
shoes: zapato, calzado, mocasin, mocasines
sneakers: zapatilla, deportivas
boots: bota, botin, botines
sandals: sandalia, chanclas
heels: zapatos de tacon, tacones
bag: bolso, mochila, cartera
scarf: bufanda, panuelo, fular
hat: sombrero, gorra, gorro
belt: cinturon, cinturones
tie: corbata, pajarita
gloves: guante
sunglasses: gafas de sol
watch: reloj, relojes
jewellery: joyas, joyeria, pendientes, pulsera, anillo
black: negr*
white: blanc*
off-white: blanco roto, crudo
grey: gris*
red: roj*
burgundy: burdeos, granate, vino, color vino
pink: rosa*, rosad*
hot pink: fucsia
peach: melocoton
coral: coral
orange: naranja, anaranjad*
rust: oxido, teja
yellow: amarill*
mustard: mostaza
gold: dorad*
silver: platead*, plata
green: verde*
olive: verde oliva, oliva
khaki: caqui
mint: menta, verde menta
emerald: esmeralda, verde esmeralda
turquoise: turquesa
blue: azul*
navy: azul marino, marino
sky blue: celeste, azul cielo, azul celeste
purple: morad*, violeta, purpura
lavender: lavanda
lilac: lila
mauve: malva
brown: marron, marrones, cafe
camel: camel
beige: beige, beis
multicolor: multicolor, multicolores
light: clar*
dark: oscur*
solid: lis*, unicolor
printed: estampad*
striped: raya, rayas, de rayas, a rayas, rayad*
checked: cuadros, de cuadros, a cuadros
floral: floral, florales, flores, de flores, floread*
polka dot: lunares, de lunares, topos
animal: leopardo, animal, cebra
graphic: grafic*
geometric: geometric*
camouflage: camuflaje
embroidered: bordad*
cotton: algodon
linen: lino
silk: seda
satin: saten, satinad*
chiffon: gasa
crepe: crepe
velvet: terciopelo
polyester: poliester
viscose: viscosa
wool: lana
cashmere: cachemir, cachemira
corduroy: pana
suede: ante, serraje, gamuza
leather: piel, cuero
faux leather: piel sintetica, polipiel, cuero sintetico
denim: denim, mezclilla, vaquera
lace: encaje
tulle: tul
flannel: franela
fleece: forro polar, polar
elastane: elastano
women: mujer, mujeres, senora, dama
men: hombre, caballero
girls: nina
boys: nino
unisex: unisex
little: de del con sin para por y en manga mangas
little: corta largo larga cuello escote cintura talle alto alta tacon tacones
"""

_FRENCH = """
clothing: vetement, habits
top: =haut, =hauts
t-shirt: t shirt, tee shirt, tshirt
shirt: chemise
blouse: blouse, chemisier
polo: polo
tank top: debardeur
crop top: crop top, brassiere
bodysuit: body
tunic: tunique
sweater: pull, pull over, chandail
cardigan: cardigan
sweatshirt: sweat, sweat shirt
hoodie: sweat a capuche, sweat capuche
jacket: veste, blouson, doudoune, coupe vent
coat: manteau, manteaux, trench, parka
blazer: blazer, veste de costume, veste de tailleur
vest: gilet, gilet de costume
cape: cape, poncho
trousers: pantalon, chino, jogging
jeans: jean, jeans
leggings: legging
shorts: short, bermuda
skirt: jupe, minijupe, mini jupe
dress: robe, robe longue, robe courte
jumpsuit: combinaison, combishort, combi pantalon
dungarees: salopette
suit: costume, tailleur, smoking
co-ord set: ensemble, survetement
underwear: sous vetement, sous vetements, culotte, soutien gorge, calecon, chaussette, lingerie
swimwear: maillot de bain, bikini
sleepwear: pyjama, chemise de nuit, nuisette, robe de chambre, peignoir
shoes: chaussure, mocassin, ballerine
sneakers: basket, baskets
boots: botte, bottine
sandals: sandale, tongs
heels: escarpin
bag: sac, sac a main, sac a dos, pochette
scarf: echarpe, foulard
hat: chapeau, chapeaux, casquette, bonnet
belt: ceinture
tie: cravate, noeud papillon
gloves: gant
sunglasses: lunettes de soleil
watch: montre
jewellery: bijou, bijoux, collier, bracelet, boucles d oreilles, bague
black: noir*
white: blanc, blancs, blanche, blanches
off-white: blanc casse, ecru
grey: gris*
charcoal: gris anthracite, anthracite
red: rouge
burgundy: bordeaux, lie de vin
pink: rose
hot pink: fuchsia, rose fuchsia
peach: peche
coral: corail
orange: orange
rust: rouille
yellow: jaune
mustard: moutarde, jaune moutarde
gold: dore*, dores
silver: argente*, argent
green: vert*
olive: vert olive, olive
khaki: kaki
mint: menthe, vert menthe
emerald: vert emeraude, emeraude
turquoise: turquoise, bleu turquoise
blue: bleu*
navy: bleu marine, marine
sky blue: bleu ciel
royal blue: bleu roi
purple: violet, violets, violette, violettes, pourpre
lavender: lavande
lilac: lilas
mauve: mauve
brown: marron, brun*
camel: camel
beige: beige
multicolor: multicolore
light: clair*
dark: fonce*
solid: uni, unie, unis, unies
printed: imprime*, imprimes
striped: raye*, a rayures, rayures
checked: a carreaux, carreaux, vichy
floral: fleurs, a fleurs, fleuri*, floral*
polka dot: a pois, pois
animal: leopard, animal
graphic: graphique
geometric: geometrique
camouflage: camouflage
embroidered: brode*, brodes
cotton: coton
linen: lin
silk: soie
satin: satin, satine*
chiffon: mousseline
crepe: crepe
velvet: velours
polyester: polyester
viscose: viscose
wool: laine
cashmere: cachemire
corduroy: velours cotele
suede: daim
leather: cuir
faux leather: simili cuir, similicuir
denim: denim
lace: dentelle
tulle: tulle
flannel: flanelle
fleece: polaire
elastane: elasthanne
women: femme
men: homme
girls: fille, fillette
boys: garcon
unisex: mixte
little: de du des en avec sans pour et a au aux
little: d manche manches longue longues courte courtes long court col taille haute
"""

_GERMAN = """
clothing: kleidung, bekleidung, mode
top: oberteil*, top
t-shirt: shirt, t shirt, tshirt
shirt: hemd*
blouse: bluse
polo: poloshirt, polohemd
tank top: tanktop, traegertop
bodysuit: body
tunic: tunika
sweater: pullover, pulli, strickpullover
cardigan: strickjacke, cardigan
sweatshirt: sweatshirt
hoodie: kapuzenpullover, kapuzenpulli, kapuzensweatshirt, hoodie
jacket: jacke, steppjacke, daunenjacke, windjacke, bomberjacke
coat: mantel, maentel, trenchcoat, parka
blazer: blazer, sakko
vest: weste
cape: umhang, poncho
trousers: hose, chinohose, jogginghose
jeans: jeans, jeanshose
leggings: leggings, leggins, strumpfhose
shorts: kurze hose, shorts, bermuda
skirt: rock, roecke, minirock, faltenrock
dress: kleid*
jumpsuit: overall, jumpsuit
dungarees: latzhose
suit: anzug, anzuege, hosenanzug, smoking
co-ord set: zweiteiler, trainingsanzug
underwear: unterwaesche, unterhose, unterhemd, unterrock, socken, bh, slip, boxershorts
swimwear: badeanzug, bademode, badehose, bikini
sleepwear: schlafanzug, nachthemd, pyjama, bademantel, morgenmantel
shoes: schuh*, halbschuhe
sneakers: turnschuh*, sneaker
boots: stiefel, stiefelette
sandals: sandale, hausschuhe
heels: pumps, stoeckelschuhe
bag: tasche, handtasche, rucksack, rucksaecke
scarf: schal, halstuch
hat: hut, muetze, kappe
belt: guertel
tie: krawatte, fliege
gloves: handschuh*
sunglasses: sonnenbrille
watch: armbanduhr
jewellery: schmuck, halskette, ohrringe, armband
black: schwarz*
white: weiss*
off-white: wollweiss
grey: grau*
charcoal: anthrazit
red: rot*
burgundy: weinrot*, bordeaux
pink: rosa, pink*
hot pink: fuchsia
coral: koralle
peach: pfirsich, apricot
orange: orange
rust: rostrot, rost
yellow: gelb*
mustard: senfgelb, senf
gold: gold, golden*
silver: silber, silbern*
green: gruen*
olive: olivgruen, oliv
khaki: khaki
mint: mint, mintgruen
emerald: smaragdgruen, smaragd
turquoise: tuerkis
blue: blau*
navy: marineblau, marine, dunkelmarine
sky blue: himmelblau
royal blue: koenigsblau
purple: violett*
lavender: lavendel
lilac: lila, flieder
mauve: malve
brown: braun*
camel: camel
beige: beige, sand
multicolor: bunt*, mehrfarbig
light: hell, helle, heller, helles, hellen
dark: dunkel, dunkl*
solid: einfarbig, uni
printed: bedruckt*, gemustert*
striped: gestreift*, streifen
checked: kariert*, karo
floral: gebluemt*, blumen, blumenmuster, bluemchen
polka dot: gepunktet*, punkte, punkten
animal: leopardenmuster, leo
geometric: geometrisch*
camouflage: tarnmuster
embroidered: bestickt*
cotton: baumwolle, baumwoll
linen: leinen
silk: seide, seiden
satin: satin
chiffon: chiffon
velvet: samt
viscose: viskose
wool: wolle, woll
cashmere: kaschmir
corduroy: cord
suede: wildleder, veloursleder
leather: leder
faux leather: kunstleder, lederimitat
denim: denim, jeansstoff
lace: spitze, spitzen
tulle: tuell
flannel: flanell
fleece: fleece
elastane: elasthan
women: damen, frauen, frau
men: herren, maenner, mann
girls: maedchen
boys: jungen
unisex: unisex
little: mit aus fuer und ohne in im von aermel kurzarm langarm kragen ausschnitt lang kurz
"""

_PORTUGUESE = """
clothing: roupa, vestuario, moda
t-shirt: camiseta, t shirt
shirt: camisa, camisa social
blouse: blusa
polo: polo, camisa polo
tank top: regata
crop top: cropped, top cropped
bodysuit: body
tunic: tunica
sweater: sueter, malha
cardigan: cardiga
sweatshirt: moletom
hoodie: moletom com capuz
jacket: jaqueta, corta vento
coat: casaco, sobretudo
blazer: blazer
vest: colete
cape: capa, poncho
trousers: calca, calcas
jeans: calca jeans, calcas jeans, jeans
leggings: legging
shorts: bermuda, short, shorts
skirt: saia, minissaia
dress: vestid*
jumpsuit: macacao, macaquinho
dungarees: jardineira
suit: terno, fato
co-ord set: conjunto, agasalho
underwear: roupa intima, cueca, calcinha, sutia, meia, lingerie
swimwear: maio, biquini, sunga
sleepwear: pijama, roupao
shoes: sapato, calcado, mocassim
sneakers: tenis
boots: bota
sandals: sandalia, chinelo
heels: scarpin
bag: bolsa, mochila
scarf: cachecol, lenco
hat: chapeu, bone, gorro
belt: cinto
tie: gravata
gloves: luva
sunglasses: oculos de sol
watch: relogio
jewellery: joias, colar, brinco, pulseira, anel
black: pret*
white: branc*
grey: cinza, cinzent*
red: vermelh*
burgundy: bordo, vinho
pink: rosa, cor de rosa
peach: pessego
coral: coral
orange: laranja
rust: ferrugem
yellow: amarel*
mustard: mostarda
gold: dourad*
silver: prata, pratead*
green: verde*
olive: verde oliva, verde militar
khaki: caqui
mint: menta, verde menta
emerald: esmeralda, verde esmeralda
turquoise: turquesa, azul turquesa
blue: azul, azuis
navy: azul marinho, marinho
sky blue: azul ceu, azul celeste
purple: rox*, violeta
lavender: lavanda
lilac: lilas
brown: marrom, castanh*
tan: caramelo
beige: bege
multicolor: colorid*
light: clar*
dark: escur*
solid: lis*
printed: estampad*
striped: listrad*, listras
checked: xadrez
floral: floral, flores, florid*
polka dot: bolinhas, de bolinhas, poa
animal: oncinha, onca, animal
geometric: geometric*
embroidered: bordad*
cotton: algodao
linen: linho
silk: seda
satin: cetim
velvet: veludo
polyester: poliester
viscose: viscose
wool: lana
cashmere: caxemira
suede: camurca
leather: couro
faux leather: couro sintetico
lace: renda
tulle: tule
flannel: flanela
elastane: elastano
women: mulher, mulheres, feminin*
men: homem, homens, masculin*
girls: menina
boys: menino
unisex: unissex
little: de do da com sem para e em manga curta longa gola decote cintura alta
"""

_ARABIC = """
clothing: ملابس
top: توب
t-shirt: تيشيرت, تي شيرت
shirt: قميص, قمصان
blouse: بلوزه, بلوزات
polo: بولو
tunic: تونيك
sweater: كنزه, سويتر, بلوفر
cardigan: كارديغان, كارديجان
sweatshirt: سويت شيرت
hoodie: هودي
jacket: جاكيت, ستره
coat: معطف, معاطف
blazer: بليزر
trousers: بنطلون, بنطال, سروال
jeans: جينز, بنطلون جينز, بنطال جينز
leggings: ليقنز, ليجنز
shorts: شورت
skirt: تنوره, جيبه
dress: فستان, فساتين
jumpsuit: جمبسوت, افرول
suit: بدله
sleepwear: بيجاما
shoes: حذاء, احذيه
boots: بوت
sandals: صندل
bag: حقيبه
scarf: وشاح
hat: قبعه
belt: حزام
black: اسود, سوداء
white: ابيض, بيضاء
grey: رمادي, رماديه
red: احمر, حمراء
burgundy: عنابي
pink: وردي, ورديه, زهري
orange: برتقالي
yellow: اصفر, صفراء
gold: ذهبي, ذهبيه
silver: فضي, فضيه
green: اخضر, خضراء
olive: زيتي, زيتوني
blue: ازرق, زرقاء
navy: كحلي
sky blue: سماوي
purple: بنفسجي, بنفسجيه
brown: بني, بنيه
beige: بيج
multicolor: ملون
light: فاتح
dark: غامق, داكن
solid: ساده
printed: مطبوع, مطبوعه
striped: مخطط, مخططه
checked: كاروهات, مربعات
floral: مزهر, ورود
polka dot: منقط, منقطه
embroidered: مطرز, مطرزه
cotton: قطن, قطني
linen: كتان
silk: حرير
satin: ساتان
chiffon: شيفون
velvet: مخمل
wool: صوف, صوفي
leather: جلد, جلدي
faux leather: جلد صناعي
denim: دنيم
lace: دانتيل
women: نسائي, نسائيه, للنساء, نساء
men: رجالي, للرجال, رجال
girls: بناتي
boys: ولادي
little: من مع بدون باكمام
"""

_HINDI = """
clothing: कपड़े
top: टॉप
t-shirt: टीशर्ट, टी शर्ट
shirt: शर्ट, कमीज
blouse: ब्लाउज
kurta: कुर्ता, कुर्ती
sweater: स्वेटर
cardigan: कार्डिगन
sweatshirt: स्वेटशर्ट
hoodie: हुडी
jacket: जैकेट
coat: कोट
blazer: ब्लेज़र
trousers: पैंट, पतलून, ट्राउजर
jeans: जीन्स, जींस
leggings: लेगिंग
shorts: शॉर्ट्स
skirt: स्कर्ट
dress: ड्रेस, पोशाक
lehenga: लहंगा
sari: साड़ी
salwar suit: सलवार सूट, सलवार कमीज
suit: सूट
sherwani: शेरवानी
shoes: जूते
sandals: सैंडल
bag: बैग
scarf: दुपट्टा
black: काला, काली, काले
white: सफेद
grey: ग्रे, स्लेटी
red: लाल
burgundy: मैरून
pink: गुलाबी
orange: नारंगी
yellow: पीला, पीली, पीले
gold: सुनहरा, सुनहरी
green: हरा, हरी, हरे
blue: नीला, नीली, नीले
sky blue: आसमानी
purple: बैंगनी
brown: भूरा, भूरी, भूरे
multicolor: रंगबिरंगी
solid: सादा
printed: प्रिंटेड
striped: धारीदार
checked: चेक
floral: फ्लोरल
embroidered: कढ़ाईदार
cotton: कॉटन, सूती
silk: सिल्क, रेशमी
chiffon: शिफॉन
georgette: जॉर्जेट
velvet: मखमली, वेलवेट
wool: ऊनी
leather: चमड़ा
denim: डेनिम
women: महिला, महिलाओं
men: पुरुष, पुरुषों
little: का की के में और वाला वाली के लिए
"""

TABLES: Mapping[str, str] = MappingProxyType(
    {"es": _SPANISH, "fr": _FRENCH, "de": _GERMAN, "pt": _PORTUGUESE, "ar": _ARABIC, "hi": _HINDI}
)
"""The tables by language."""
