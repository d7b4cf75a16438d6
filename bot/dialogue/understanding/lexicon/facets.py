"""What clothes are for, how they are cut, whom they are for, and how results are ordered."""

OCCASIONS = """
party: سهره, للسهره, parti, parties, garden party, house party, night out, clubbing, club, fiesta, soiree, fete, feier, festa, पार्टी, حفله, حفل, partywear, party wear, evening out, disco
wedding: wedding guest, weddings, weding, marriage, boda(|s), mariage(|s), hochzeit(|en), casamento, matrimonio, shaadi, shadi, shaddi, vivah, शादी, زفاف, عرس, vyah, bridal, bride
mehendi: mehndi, mehandi, मेहंदी
haldi: haldi ceremony, हल्दी
sangeet: sangit, संगीत
reception: reception party, रिसेप्शन
engagement: sagai, ring ceremony, verlobung, सगाई
eid: eid al fitr, ईद, عيد, العيد
diwali: deepavali, दिवाली, दीवाली, divali
holi: होली
navratri: garba, dandiya, नवरात्रि
durga puja: pujo
puja: pooja, पूजा
karwa chauth: karva chauth
rakhi: raksha bandhan, rakshabandhan
christmas: xmas, navidad, noel, weihnachten, natal
new year: new years eve, nye, nochevieja, silvester, reveillon
halloween:
festive: festival wear, festival, festivals, tyohar, tyohaar, त्योहार
birthday: bday, cumpleanos, anniversaire, geburtstag, aniversario, janamdin, जन्मदिन, عيد ميلاد
anniversary: wedding anniversary
graduation: convocation, graduacion, remise des diplomes, abschlussfeier, formatura
prom: prom night
date: date night, dates, cita, rendez vous, encontro, first date
dinner: dinner party, cena, diner, abendessen, jantar
brunch: sunday brunch
office: work, workwear, work wear, oficina, trabajo, bureau, travail, buero, buro, arbeit, escritorio, trabalho, daftar, office wear, officewear, ऑफिस, ऑफ़िस, दफ्तर, العمل, مكتب, business
interview: job interview, interviews, entrevista, entretien, vorstellungsgespraech, इंटरव्यू, مقابله
meeting: business meeting
casual: everyday, every day wear, daily wear, dailywear, roz pehnne, informal, decontracte, lassig, कैजुअल, كاجوال
formal: black tie, black tie event, white tie, formals, formal wear, formales, formel, formell, फॉर्मल, رسمي
beach: beachwear, playa, plage, strand, praia, spiaggia, समुद्र, شاطي, البحر
vacation: holiday, holidays, vacations, vacaciones, vacances, urlaub, ferias, chutti, trip, goa trip
travel: airport, travelling, traveling, viaje, voyage, reise, viagem, safar
gym: workout, workouts, gymwear, gimnasio, salle de sport, fitness, fitnessstudio, academia, जिम, training
sports: sport, deporte, esporte, sportswear
running: run, correr, course a pied, laufen, corrida, jogging
yoga: pilates
hiking: trekking, trek, hike, senderismo, randonnee, wandern
college: uni, university, campus, कॉलेज
school: escuela, ecole, schule, escola
funeral: entierro, enterrement, beerdigung
cocktail: cocktail party
church: iglesia
baby shower: babyshower
farewell: farewell party
picnic: 
concert: concierto, konzert
"""

SEASONS = """
summer: verano, ete, sommer, verao, estate, garmi, garmiyon, garmi ke liye, गर्मी, गर्मियों, صيف, الصيف, summery, summers
winter: invierno, hiver, inverno, sardi, sardiyon, thand, सर्दी, सर्दियों, شتاء, الشتاء, wintery, winters
monsoon: rainy season, rains, barish, baarish, बारिश, मानसून, rainy
spring: primavera, printemps, fruehling, fruhling
autumn: fall season, otono, automne, herbst, outono
"""

FITS = """
slim: slim fit, slimfit, ajustad(o|a), schmal geschnitten, entallado
skinny: skinny fit
regular: regular fit
straight: straight fit, straight cut, straight leg, recto
relaxed: relaxed fit, comfort fit, comfy fit
loose: loose fit, loose fitting, lose, loser, looser, roomy, holgad(o|a), suelt(o|a), ample, locker, weit, larg(o|a) de cuerpo, dheel(a|i|e), ढील(ा|ी|े), واسع, واسعه, less tight, not tight, not too tight, not so tight, folgad(o|a)
fitted: tight, tighter, tight fit, tight fitting, figure hugging, body hugging, cintre, eng, enge, ceñido, cenid(o|a), ضيق
oversized: oversize, over sized, oversized fit, ओवरसाइज़
baggy: baggy fit, बैगी
tailored: tailored fit
athletic: athletic fit
high-waisted: high waist, high waisted, high rise, highwaist, tiro alto, taille haute, cintura alta
low-rise: low rise, low waist, tiro bajo, taille basse
"""

LENGTHS = """
mini: mini length
short: short length, cort(o|a|os|as), court(|e|es|s), kurz(|e|er|es|en), curt(o|a|os|as), chhot(a|i), chot(a|i), छोट(ा|ी), قصير, قصيره
knee: knee length, kneelength, up to the knee, till the knee, till knee, a la rodilla, aux genoux, knielang, ghutne tak, ghutno tak, na altura do joelho
midi: midi length, below the knee, mid length, mid calf, midi ki length
maxi: maxi length, floor length, full length, ankle touching, bodenlang
ankle: ankle length, anklelength, hasta el tobillo, knoechellang
long: larg(o|a|os|as), longue(|s), lang(|e|er|es|en), compr(ido|ida), lamb(a|i|e), लंब(ा|ी|े), طويل, طويله
cropped: crop
"""

SLEEVES = """
short: short sleeve, short sleeves, short sleeved, half sleeve, half sleeves, half sleeved, manga corta, mangas cortas, manches courtes, kurzarm, kurzaermlig, kurz(e|en) aermel(|n), manga curta, mangas curtas, half baju, aadhi baju, हाफ स्लीव, اكمام قصيره, كم قصير, chhoti baju
long: long sleeve, long sleeves, long sleeved, full sleeve, full sleeves, full sleeved, manga larga, mangas largas, manches longues, langarm, langaermlig, lang(e|en) aermel(|n), manga comprida, mangas compridas, manga longa, poori baju, full baju, फुल स्लीव, اكمام طويله, كم طويل, lambi baju, covered arms
sleeveless: sleeveless, sleeve less, no sleeves, no sleeve, without sleeves, sin mangas, sans manches, aermellos, ohne aermel(|n), sem mangas, bina baju, bina sleeves, bina aasteen, स्लीवलेस, بدون اكمام, بلا اكمام, strapless
three-quarter: 3/4 sleeve, 3/4 sleeves, three quarter sleeve, three quarter sleeves, 3 4 sleeves, three fourth sleeves
cap: cap sleeve, cap sleeves
puff: puff sleeve, puff sleeves, puffed sleeves, puffy sleeves, mangas abullonadas, manches ballon, puffaermel
bell: bell sleeve, bell sleeves
balloon: balloon sleeve, balloon sleeves
flutter: flutter sleeve, flutter sleeves
"""

NECKLINES = """
round: round neck, roundneck, round necked, round neckline, cuello redondo, col rond, rundhals, rundhalsausschnitt, gola redonda, gol gala, gol gale, गोल गला
crew: crew neck, crewneck
v-neck: v-neck, v neck, vneck, v necked, v neckline, cuello v, cuello en v, cuello de pico, col v, col en v, v ausschnitt, decote v, decote em v, गला वी
mandarin: mandarin, mandarin collar, chinese collar, band collar, stand collar, cuello mao, cuello mandarin, col mao, stehkragen
turtleneck: turtleneck, turtle neck, polo neck, roll neck, rollneck, cuello alto, cuello vuelto, col roule, rollkragen, gola alta
high: high neck, highneck, high necked, mock neck
boat: boat neck, boatneck, bateau, bateau neck, cuello barco, col bateau, u boot ausschnitt
square: square neck, square neckline, cuello cuadrado, col carre
halter: halter, halter neck, halterneck, halter top
off-shoulder: off shoulder, off the shoulder, offshoulder, hombros descubiertos, epaules denudees, schulterfrei, ombro a ombro
one-shoulder: one shoulder, asymmetric neck
sweetheart: sweetheart neck, sweetheart neckline, escote corazon
scoop: scoop neck, scoopneck
cowl: cowl neck
collared: with a collar, with collar, collar
keyhole: keyhole neck
deep: deep neck, plunging, plunge neck
"""

STYLES = """
pleated: pleats, pleat, plisad(o|a), plissee, plisse, gefaltet, plissad(o|a)
boho: bohemian, boho chic
vintage: retro
streetwear: street style, street wear
classic: timeless, clasico, classique, klassisch
minimalist: minimal, minimalistic
elegant: elegante, classy, sophisticated
sporty: athleisure
ethnic: traditional, indian wear, ethnic wear, desi
western: western wear
indo-western: indo western, fusion
chic: 
cute: adorable
sexy: 
trendy: fashionable, in trend
smart casual: smart casuals
business casual: business casuals
preppy: 
gothic: goth
y2k: 
korean: k style, korean style
ruffled: ruffle, ruffles, volantes, volants, rueschen, babados
flared: flare, flowy, flowing, fluid, swing
a-line: a line
wrap: wrapped, wrap style
asymmetric: asymmetrical
modest: 
plus size: plus sized, curvy, curve, grande taille, talla grande, tallas grandes
petite: 
maternity: pregnancy, premama
distressed: ripped, rasgad(o|a)
double-breasted: double breasted
quilted: padded
hooded: with a hood, with hood, con capucha, a capuche, mit kapuze, com capuz
skater: 
"""

FEATURES = """
pockets: with pockets, pocket, bolsillos, poches, taschen dran, bolsos, jeb
waterproof: water proof, water resistant, impermeavel, wasserdicht
breathable: 
stretch: stretchy, stretchable
comfortable: comfy, aaramdayak, comodo, bequem, confortable
lightweight: light weight
warm: cozy, cosy, garam, abrigado, chaud, 
machine washable: machine wash, washable
lined: fleece lined
reversible: 
backless: open back, low back, espalda descubierta, dos nu, rueckenfrei
zip: zipper, zippered, zip up, cremallera, reissverschluss
buttons: buttoned, button front
drawstring: 
eco-friendly: eco friendly, sustainable, organic, sostenible, durable et ecologique, nachhaltig
quick dry: quick drying
wrinkle free: wrinkle resistant, no iron, non iron
side slit: slit, with slit
sequins: sequin, sequined, lentejuelas, paillettes, pailletten, sitara
"""

GENDERS = """
women: woman, women, womens, womans, wmn, lady, ladies, female, females, mujer(|es), senora(|s), dama(|s), femme(|s), frau(|en), damen, mulher(|es), feminin(o|a), feminin, donna, donne, aurat, aurton, auraton, mahila, mahilaon, ladkiyon wali, महिला, महिलाओं, औरत, औरतों, لل(نساء|سيدات), نساء, نسائي, نسائيه, سيدات, behen, bahen, behan, bhabhi, maa, meri maa, meri behen, saheli, my wife, my girlfriend, my gf, my mom, my mum, my mother, my sister, for her, her birthday, meri biwi, wife, girlfriend, mom, mum, mother, mummy, mi esposa, mi novia, mi madre, ma femme, ma mere, meine frau, meine freundin, minha esposa, minha mae
men: man, mens, gents, guy, guys, male, males, gentleman, gentlemen, hombre(|s), caballero(|s), homme(|s), masculin(o|a), herren, mann, maenner, manner, maennlich, homem, homens, uomo, uomini, mard, mardon, aadmi, purush, पुरुष, पुरुषों, मर्द, आदमी, لل(رجال|رجل), رجال, رجالي, رجل, bhaiya, mere bhai, bhai ke liye, bhai ka, mere pati, mere papa, my husband, my boyfriend, my bf, my dad, my father, my brother, for him, husband, boyfriend, dad, father, papa, pati, mi marido, mi esposo, mi novio, mi padre, mon mari, mon copain, mon pere, mein mann, mein freund, meu marido, meu namorado, meu pai
girls: girl, bacchi, bachi, daughter, my daughter, nina(|s), fille(|s), maedchen, menina(|s), ladki, ladkiyon, beti, बेटी, लड़की, लड़कियों, لل(بنات|فتيات), بنات
boys: boy, baccha, bachcha, son, my son, nino(|s), garcon(|s), jungen, jungs, menino(|s), ladka, ladke, ladkon, beta, बेटा, लड़के, لل(اولاد|صبيان), اولاد
unisex: gender neutral, genderless, any gender, both genders
"""

SORTS = """
price_asc: cheapest first, lowest price first, low to high, price low to high, sort by price, by price, lowest first, cheapest, sabse sasta, sabse saste, sabse sasti, sabse kam daam, mas barato primero, mas baratos primero, menor precio, de menor a mayor precio, moins cher d abord, prix croissant, moins chers d abord, guenstigste zuerst, billigste zuerst, preis aufsteigend, menor preco, mais barato primeiro, mais baratos primeiro, सबसे सस्ता, सबसे सस्ते, الارخص, الارخص اولا, ascending price, sort cheapest, lowest price
price_desc: most expensive first, highest price first, high to low, price high to low, expensive first, de mayor a menor precio, mas caros primero, prix decroissant, plus chers d abord, teuerste zuerst, preis absteigend, maior preco, mais caros primeiro, sabse mehnga, sabse mehenga, الاغلى
newest: newest first, newest, latest, latest first, new arrivals, new arrival, whats new, most recent, recent first, just in, new in, new ones, novedades, mas nuevo, mas nuevos, lo mas nuevo, nouveautes, plus recents, plus recent, neuste zuerst, neueste zuerst, neueste, neuheiten, novidades, mais recentes, mais novos, naya, naye, nayi, naya stock, naye wale, नया, नए, नये, الاحدث, الجديد
rating: top rated, best rated, highest rated, highest rating, best rating, best reviewed, best reviews, by rating, sort by rating, mejor valorad(o|a|os|as), mejores valoraciones, mieux note, mieux notes, mieux notees, bestbewertet, best bewertet, beste bewertung, melhor avaliad(o|a|os|as), sabse achha rating, achhi rating, सबसे अच्छी रेटिंग, الاعلى تقييما
discount: on sale, in sale, discounted, on discount, with discount, en oferta, en rebajas, rebajad(o|a|os|as), en promo, en solde, soldes, im angebot, em promocao, em oferta, biggest discount, highest discount, most discounted, best deals, best deal, best discount, by discount, mayor descuento, plus grosses promos, hoechster rabatt, maior desconto
popular: most popular, bestseller, bestsellers, best seller, best sellers, best selling, trending, mas vendid(o|a|os|as), mas popular, mas populares, plus populaires, meilleures ventes, beliebteste, meistverkauft, mais vendid(o|a|os|as), mais populares, sabse popular, popularity, most bought, الاكثر مبيعا
"""

CADENCES = """
daily: every day, everyday, each day, once a day, every morning, every evening, every night, roz, rozana, har roz, har din, diario, diaria, cada dia, todos los dias, chaque jour, tous les jours, quotidien, quotidienne, taeglich, jeden tag, diariamente, todo dia, todos os dias, रोज, रोजाना, हर दिन, يوميا, كل يوم
weekly: every week, each week, once a week, hafte mein ek baar, har hafte, haftewari, semanal, cada semana, semanalmente, chaque semaine, toutes les semaines, hebdomadaire, woechentlich, jede woche, toda semana, हर हफ्ते, साप्ताहिक, اسبوعيا, كل اسبوع
monthly: every month, each month, once a month, har mahine, mensual, cada mes, chaque mois, mensuel, mensuelle, monatlich, jeden monat, mensal, todo mes, हर महीने, شهريا, كل شهر
alert: price drop, price drops, drops in price, drops below, goes on sale, price alert, when the price, if the price, when it goes, back in stock, baja de precio, baisse de prix, preisalarm, cai o preco, notify me when, alert me, tell me when, let me know when, let me know if
"""

DAYS = """
monday: mondays, lunes, lundi, montag, montags, segunda feira, somvar, somwar, सोमवार, الاثنين
tuesday: tuesdays, martes, mardi, dienstag, dienstags, terca feira, mangalvar, मंगलवार, الثلاثاء
wednesday: wednesdays, miercoles, mercredi, mittwoch, mittwochs, quarta feira, budhvar, बुधवार, الاربعاء
thursday: thursdays, jueves, jeudi, donnerstag, donnerstags, quinta feira, guruvar, गुरुवार, الخميس
friday: fridays, viernes, vendredi, freitag, freitags, sexta feira, shukravar, shukrawar, शुक्रवार, الجمعه
saturday: saturdays, sabado, samedi, samstag, samstags, shanivar, shaniwar, शनिवार, السبت
sunday: sundays, domingo, dimanche, sonntag, sonntags, ravivar, raviwar, itwar, रविवार, الاحد
"""

TIMES = """
morning: in the morning, mornings, subah, manana por la manana, por la manana, le matin, du matin, morgens, de manha, सुबह, صباحا, الصباح
afternoon: in the afternoon, dopahar, por la tarde, nachmittags, दोपहर
evening: in the evening, evenings, shaam, sham ko, le soir, abends, शाम, مساء, المساء
night: at night, raat, raat ko, por la noche, nachts, a noite, रात
"""

BRANDS = """
nike: नाइके
adidas: addidas, adiddas
puma: 
reebok: 
zara: 
h&m: h and m, h & m
uniqlo: 
levi's: levis, levi
gap: 
mango: 
gucci: 
prada: 
ralph lauren: polo ralph lauren
tommy hilfiger: tommy, hilfiger
calvin klein: ck
lacoste: 
hugo boss:
under armour: under armor
new balance: 
converse: 
vans: 
asics: 
skechers: 
fila: 
champion: 
the north face: north face
columbia: 
patagonia: 
lululemon: 
asos: 
shein: 
forever 21: forever21
marks & spencer: marks and spencer, m&s
biba: 
fabindia: fab india
w for woman: 
manyavar: 
allen solly: 
van heusen: 
peter england: 
louis philippe: 
raymond: 
jack & jones: jack and jones

vero moda: 
roadster: 
hrx: 
libas: 
aurelia: 
global desi: 
sabyasachi: 
wrangler: 
lee: 
pepe jeans: pepe
diesel: 
bershka: 
pull & bear: pull and bear, pull&bear
stradivarius: 
massimo dutti: 
superdry: 
decathlon: 
crocs: 
birkenstock: 
timberland: 
dr martens: doc martens
michael kors: mk
versace: 
burberry: 
armani: 
balenciaga: 
bata: 
wrogn: 
snitch: 
bewakoof: 
"""

SOURCES = """
amazon: amazn, अमेज़न, امازون
flipkart: flip kart, फ्लिपकार्ट
myntra: मिंत्रा
ajio: 
meesho: मीशो
nykaa: nykaa fashion
shopify: 
etsy: 
ebay: 
zalando: 
"""

LANGUAGES = """
english: angrezi, ingles, anglais, englisch, अंग्रेजी, الانجليزيه
hindi: हिंदी, हिन्दी
spanish: espanol, castellano, espagnol, spanisch
french: frances, francais, franzoesisch, franzosisch
german: aleman, allemand, deutsch, alemao
portuguese: portugues, portugais, portugiesisch
arabic: arabe, arabisch, العربيه, عربي
"""

ATTRIBUTES = """
price: cost, costs, prices, coute, coutent, kostet, kosten, was kostet, custa, custam, cuesta, cuestan, vale cuanto, rate, how much, precio, prix, preis, preco, prezzo, cuanto cuesta, cuanto vale, combien, wie viel, wieviel, wie teuer, quanto custa, quanto costa, daam, dam, kimat, keemat, kitne ka, kitne ki, kitne me, kitne mein, kitna hai, कितने का, कितने की, कीमत, दाम, سعر, السعر, بكم, بكام, كم سعر
size: sizes, sizing, size chart, size guide, talla, tallas, taille, tailles, groesse, groessen, grosse, tamanho, tamanhos, naap, साइज, साइज़, مقاس, المقاس, مقاسات, available in, come in, comes in
material: materials, fabric, cloth, made of, composition, composicion, matiere, tissu, stoff, tecido, tela, kapda, kapde ka, कपड़ा, कपड़े, خامه, قماش, what is it made of
care: machine washable, washable, hand wash, wash, washing, machine wash, how to wash, wash it, lavar, lavado, laver, lavage, waschen, lavagem, dhona, dhone, dho sakte, iron it, dry clean, غسيل
reviews: review, ratings, rated, what do people say, feedback from buyers, opiniones, resenas, avis, bewertungen, avaliacoes, रिव्यू, تقييم, تقييمات
delivery: shipping, ship, deliver, delivered, arrive, get here, envio, livraison, lieferung, versand, liefern, entrega, kab milega, kab aayega, kab tak aayega, डिलीवरी, توصيل, شحن
returns: return, return policy, refund, exchange, devolucion, devoluciones, devolver, retour, retours, rueckgabe, umtausch, devolucao, trocar, wapas, vapas, वापस, ارجاع, استرجاع
"""
