"""Number words, currencies, and the small words around an amount."""

from bot.dialogue.understanding.text import bag

NUMBERS = """
1: one, ek, uno, una, un, une, ein, eine, eins, um, uma, एक, واحد
2: two, do, dos, deux, zwei, dois, duas, दो, اثنين, اثنان
3: three, teen, tin, tres, trois, drei, तीन, ثلاثه
4: four, char, chaar, cuatro, quatre, vier, quatro, चार, اربعه
5: five, paanch, panch, cinco, cinq, fuenf, funf, पांच, पाँच, خمسه
6: six, chhe, chhah, seis, sechs, छह, छः, سته
7: seven, saat, siete, sept, sieben, sete, सात, سبعه
8: eight, aath, ocho, huit, acht, oito, आठ, ثمانيه
9: nine, nau, nueve, neuf, neun, nove, नौ, تسعه
10: ten, das, diez, dix, zehn, dez, दस, عشره
11: eleven, gyarah, once, onze, elf
12: twelve, barah, doce, douze, zwoelf, doze, बारह
15: fifteen, pandrah, quince, quinze, fuenfzehn, पंद्रह
18: eighteen, atharah
20: twenty, bees, veinte, vingt, zwanzig, vinte, बीस, عشرين, عشرون
25: twenty five, pachees, pacchis, veinticinco, vingt cinq, fuenfundzwanzig, vinte e cinco, पच्चीस
30: thirty, tees, treinta, trente, dreissig, trinta, तीस, ثلاثين, ثلاثون
40: forty, fourty, chalis, chaalees, cuarenta, quarante, vierzig, quarenta, चालीस, اربعين, اربعون
50: fifty, pachas, pachaas, cincuenta, cinquante, fuenfzig, funfzig, cinquenta, पचास, خمسين, خمسون
60: sixty, saath, sesenta, soixante, sechzig, sessenta, साठ, ستين, ستون
70: seventy, sattar, setenta, soixante dix, siebzig, सत्तर, سبعين, سبعون
75: seventy five, pachattar
80: eighty, assi, ochenta, quatre vingt, quatre vingts, achtzig, oitenta, अस्सी, ثمانين, ثمانون
90: ninety, nabbe, noventa, quatre vingt dix, neunzig, नब्बे, تسعين, تسعون
100: cien, ciento, cem, مئه, ميه, مائه
200: doscientos, duzentos, deux cents, مئتين, ميتين
300: trescientos, trezentos
400: cuatrocientos, quatrocentos
500: quinientos, quinhentos, خمسمئه, خمسمائه
600: seiscientos, seiscentos
800: ochocientos, oitocentos
1.5: dedh, dhedh, डेढ़, one and a half
2.5: dhai, dhaai, adhai, ढाई, two and a half
2000: الفين
"""
"""Words that are common in other meanings ("do", "one", "um") count only beside a multiplier, a currency or a limit."""

MULTIPLIERS = """
100: hundred, hundreds, sau, so rupaye, cent, cents, hundert, cientos, सौ, sau rupaye, centaines, centos, मسौ, مية, ميه, مئات, ك
1000: k, thousand, thousands, grand, hazaar, hazar, hajar, hajaar, mil, mille, tausend, हजार, हज़ार, الف, الاف, ks, tsd, thsd, hzr, hazaar rupaye, hajar rupaye, milhares, miles, mila, thou, हजारों, آلاف, الفين وخمسميه, ألفين
100000: lakh, lac, lakhs, lacs, लाख
1000000: million, crore
"""

CURRENCIES = """
INR: ₹, rs, rupee, rupees, inr, rupaye, rupaiye, rupay, rupiya, rupia, rupias, roupies, rupien, रुपये, रुपए, रुपया, रु, روبيه, rs., rps, ruppees, rupess, rupes, rupis, rupiah indian, rupe, rupees only, rupiye, rupaya, rupaiya, rupya, ruppe, rupye, indian rupees, रुपैया, रुपे, रूपये, रूपए, रू, रु., रुपयों, روبيات, روبيه هنديه, indische rupien, roupie, rupias indianas
USD: $, usd, dollar, dollars, buck, bucks, us dollars, dolar, dolares, dollaro, डॉलर, دولار, us$, dolars, doller, dollers, usd$, dls, dlls, dolarucos, dollari, डॉलर्स, डालर, دولارات, دولار امريكي, us dollar, america dollars, dolares americanos
EUR: €, eur, euro, euros, यूरो, يورو, euro s, eurs, euritos, eurillos, leuros, teuros, euronen, oiros, यूरोज़, يوروهات, اورو, ايورو
GBP: £, gbp, pound, pounds, quid, libra, libras, livres, pfund, sterling, पाउंड, جنيه استرليني, pounds sterling, british pounds, livre sterling, livres sterling, libras esterlinas, quids, pfund sterling, britische pfund, जीबीपी, باوند, استرليني, pound sterling
JPY: ¥, jpy, yen, yens, yenes, ين
AED: aed, dirham, dirhams, درهم, dhs, dh, dirhems, dirhames, derhams, dirham uae, emirati dirham, د.إ, دراهم, درهم اماراتي, دهم, दिरहम
SAR: sar, riyal, riyals, ريال, rials, sr, saudi riyal, saudi riyals, riales sauditas, ر.س, ريالات, ريال سعودي, सऊदी रियाल
EGP: egp, جنيه, جنيه مصري, egyptian pounds, egyptian pound, جنيهات, جنيها, ج.م, جنيه مصرى, livres egyptiennes
BRL: brl, r$, real brasileiro, reais, reales, r $, reias, brazilian reais, brazilian real, rs brasil, pratas
MXN: mxn, pesos mexicanos, mx, mx$, pesos, peso, varos, varo, lana pesos, mexican pesos, pesos mx, pesitos
CAD: cad, canadian dollars, canadian dollar, c$, ca$, dollars canadiens
AUD: aud, australian dollars, australian dollar, a$, au$, aussie dollars
CHF: chf, franken, swiss francs, stutz, franken chf, francs suisses, franc suisse, francos suizos, sfr
QAR: qar, qatari riyal, ريال قطري
KWD: kwd, kd, kuwaiti dinar, kuwaiti dinars, دينار كويتي, دنانير كويتيه, دينار, دنانير, dinar, dinars
BHD: bhd, دينار بحريني
OMR: omr, ريال عماني
JOD: jod, دينار اردني
MAD: درهم مغربي, dirhams marocains, dirham marocain
LBP: lbp, ليره لبنانيه
TRY: lira, liras, lire turque, tl, ليره تركيه
ARS: ars, pesos argentinos
COP: pesos colombianos
CLP: clp, pesos chilenos
PEN: sol peruano, nuevos soles, soles
SGD: sgd, s$, singapore dollars
PKR: pkr, pakistani rupees
BDT: bdt, taka
SEK: sek, kronor
PLN: pln, zloty
ZAR: rand, rands
NGN: ngn, naira
CNY: cny, rmb, yuan
"""

LIMITS = """
max: meu orcamento, meu orcamento e, meu orcamento e de, orcamento, orcamento de, mi presupuesto, mi presupuesto es, mi presupuesto es de, mon budget, mon budget est, mon budget est de, mein budget, mein budget ist, mein budget liegt bei, mera budget, mera budget hai, मेरा बजट, ميزانيتي, nothing over, nothing above, none over, not beyond, under, below, less than, lesser than, upto, up to, max, maximum, within, not more than, no more than, at most, cheaper than, beneath, not over, not above, <, ≤, budget, my budget, my budget is, budget of, budget is, i can spend, spend up to, menos de, por menos de, hasta, por debajo de, maximo, como maximo, no mas de, presupuesto, presupuesto de, moins de, moins cher que, en dessous de, sous, jusqu a, jusqua, jusque, maximum de, pas plus de, budget de, unter, bis, bis zu, weniger als, hoechstens, maximal, nicht mehr als, abaixo de, ate, no maximo, por menos de, menos que, orcamento, orcamento de, meno di, sotto, fino a, اقل من, تحت, بحد اقصي, لا يزيد عن, حتي, ميزانيتي, ميزانيه, बजट, undr, unde, belo, blw, below than, lower than, no higher than, not higher than, nothing more than, not exceeding, maxi, maxx, up until, cap of, spend max, spend at most, no pase de, que no pase de, que no pasen de, que no cueste mas de, no cueste mas de, que no supere, no supere, no superen, sin pasar de, sin pasarse de, a lo mucho, a lo mas, como mucho, menor a, menores a, inferior a, tope, de menos de, menos q, maximo de, maximo hasta, no gastar mas de, gastar hasta, no quiero gastar mas de, moins que, au maximum, maxi de, pas plus que, ne depasse pas, ne pas depasser, sans depasser, jusqu, jusqu au, inferieur a, en desous de, a moins de, dans les limites de, unter den, allerhoechstens, nicht ueber, nicht teurer als, guenstiger als, billiger als, maximal fuer, bis maximal, bis max, bis hoechstens, bis hoch, budget bis, budget liegt bei, budget von, kostet hoechstens, ate no maximo, no maximo de, nao passe de, que nao passe de, que nao custe mais de, nao mais que, nao mais de, nao ultrapasse, menor que, por ate, de ate, abaixo dos, menos dos, gastar ate, ate uns, orcamento ate, budget mein, budget hai, mera budget, अधिकतम, बजट है, मेरा बजट, तحت, ما يتجاوز, لا يتجاوز, ما يطلع فوق, ما يتعدي, ما يزيد عن, مايزيد عن, ما تزيد عن, ما يكون فوق, اقصي شي, بالكثير, اقصاه, لحد, الي حد, بميزانيه, ضمن, بسعر اقل من, سعره اقل من, اقل عن, حد اقصي, باقل من
maxafter: ke andar, ke under, ke andr, se kam, se neeche, se niche, ke neeche, ke niche, tak, tak ka, tak ki, tak ke, tk, se sasta, se saste, max, maximum, or less, or under, or below, at most, budget, tops, andar, o menos, como maximo, maximo, de presupuesto, ou moins, maximum, max, oder weniger, hoechstens, maximal, ou menos, no maximo, के अंदर, से कम, तक, से नीचे, के नीचे, तक का, तक की, तक के, बजट, का बजट, ka budget, ke budget mein, كحد اقصي, او اقل, k andar, k under, ke bheetar, ke bhitar, k niche, ke neeche ka, ke neeche ki, ke neeche wale, ke andar ka, ke andar ki, ke andar wale, ke andar wala, ke under wale, ke under wali, ke under ka, se kam ka, se kam ki, se kam ke, se kam wale, se kam wali, se kam me, se kam mein, se jyada nahi, se zyada nahi, se zyada na ho, se jyada na ho, se upar nahi, se upar na ho, tak me, tak mein, tak wala, tak wale, tak wali, tak hi, tk ka, tk ki, tk k, max tak, ka budget hai, ke budget me, ki range, ki range me, ki range mein, budget hai, budget h, top, or lower, or cheaper, and under, and below, at max, at the most, maxx, maxi, a lo mucho, a lo mas, como mucho, tope, o menos plis, para abajo, max max, au max, au plus, grand max, grand maximum, maximum maximum, tout au plus, hoechst, hoechstens drin, ist mein limit, limit, als limit, als maximum, als obergrenze, nicht mehr, no max, maximo ok, no maximo ok, pra baixo, e so, tops please, के अंदर का, के अंदर की, के अंदर वाले, के भीतर, से कम का, से कम की, से कम के, से कम में, से कम वाले, तक में, तक का बजट, तक वाला, तक वाली, से ज्यादा नहीं, से ऊपर नहीं, से ज़्यादा नहीं, से अधिक नहीं, का बजट है, बजट है, فما دون, او تحت, فاقل, بالكثير, كحد اعلي, حد اقصي, الحد الاقصي, وطالع تحت, تحت, اقل
min: over, above, more than, at least, minimum, min, starting from, starting at, from, upwards of, not less than, no less than, not under, not below, >, ≥, mas de, a partir de, al menos, minimo, desde, por encima de, no menos de, plus de, au moins, au dessus de, minimum, a partir, ueber, mehr als, mindestens, ab, nicht unter, mais de, acima de, pelo menos, no minimo, acima, اكثر من, فوق, علي الاقل, ابتداء من, لا يقل عن, atleast, abv, above than, higher than, pricier than, costing more than, starting, minimum of, min of, not less, nothing under, nothing below, no less, mayor a, mayores a, superior a, superior, desde los, de mas de, que pase de, minimo de, por lo menos, como minimo, arriba de, superieur a, plus que, au dessus, a partir des, minimum de, des, ab ca, von mindestens, teurer als, hoeher als, oberhalb von, maior que, a partir dos, mais que, no minimo de, de mais de, acima dos, kam se kam, kamsekam, कम से कम, न्यूनतम, ऊपर, اعلي من, ازيد من, فوق ال, لا يقل, اقلها, مو اقل من, ما يقل عن, من فوق
minafter: se zyada, se jyada, se upar, se adhik, ke upar, plus, or more, and above, and up, onwards, or above, minimum, +, o mas, en adelante, ou plus, et plus, oder mehr, ou mais, से ज्यादा, से ज़्यादा, से ऊपर, से अधिक, के ऊपर, او اكثر, se jada, se zyda, se zyada ka, se zyada ki, se zyada wale, se upar ka, se upar ki, se upar wale, se upr, se uper, k upar, ke upar ka, se shuru, or higher, and more, n above, minimo, como minimo, para arriba, de minimo, au minimum, et au dessus, minimum minimum, und mehr, und hoeher, aufwaerts, als minimum, pra cima, para cima, no minimo, e acima, ou acima, से ज्यादा का, से ऊपर का, से ऊपर के, से ऊपर वाले, या ज्यादा, فما فوق, او فوق, فاكثر, كحد ادني, فوق, اكثر
about: around, about, approx, approximately, roughly, near, ~, circa, somewhere around, close to, in the range of, alrededor de, unos, mas o menos, cerca de, aproximadamente, sobre los, environ, autour de, a peu pres, vers, etwa, ungefaehr, circa, um die, rund, ca, cerca de, por volta de, em torno de, uns, mais ou menos, takriban, lagbhag, karib, kareeb, लगभग, करीब, حوالي, تقريبا, بحدود, arnd, aroun, arround, aprox, apróx, env, ungf, unas, en torno a, sobre, por ahi de, como unos, a eso de, so um die, cerca dos, por ai, takreeban, tqriban, حدود, في حدود, قرابه, نحو, aas paas, aaspaas
aboutafter: ke aas paas, ke aaspaas, ke as pas, ke karib, ke kareeb, ke around, ish, approx, or so, mas o menos, environ, ungefaehr, mais ou menos, के आसपास, के आस पास, के करीब, تقريبا, ke aas pas, k aas paas, ke aspas, ke aaspass, k aspas, ke lagbhag, ke near, ke range me, or thereabouts, roughly, give or take, aprox, aproximadamente, mas menos, por ahi, o asi, plus ou moins, environs, a peu pres, circa, oder so, rum, herum, so etwa, por ai, e pouco, mais ou menos isso, के करीब करीब, के लगभग, كذا, تقريبن
between: between, from, in between, range, entre, zwischen, von, de, entre los, tra, beech, बीच, بين, من, bw, btw, btwn, b w, inbetween, zw, entre el, entre as, range of
to: to, and, till, until, upto, up to, y, a, et, und, bis, e, ate, se, aur, hasta, से, और, و, الي, -, untill, bis zu, jusqu a, hasta los, ate os, ate uns, तक, لـ, ل, لين, لحد, الى
"""

SIZES = """
XXS: xxs, extra extra small, xx small, 2xs
XS: xs, extra small, xsmall, x small, x-small, extra chica, extra chico, extra pequena, extra klein, tres petit, xsmal, एक्स एस, اكس سمول, extra petite, tamanho pp, tam pp
S: small, smalls, pequen(o|a), klein, pequeno, chhota size, chota size, स्मॉल, صغير, smal, smol, chic(o|a), petit, petite taille, p pequeno, kleine groesse, chhoti size, chhota, smll, small size, समॉल, سمول, مقاس صغير, صغيره, tamanho p, tam p, size p, एस, uso p, visto p, sou p
M: medium, mediano, mediana, moyen, moyenne, mittel, medio, media, med, मीडियम, وسط, متوسط, midium, mediam, mediun, medum, mittelgross, tamanho medio, talla mediana, taille moyenne, medium size, मध्यम, ميديوم, ميديم, مديم, متوسطه, एम
L: large, grande, gross, big size, bada size, लार्ज, كبير, larg, lrg, large size, grosse taille, larj, laarge, grande talla, talla grande l, bade size, bada, बड़ा साइज, लार्ज साइज, لارج, كبيره, tamanho g, tam g, एल, uso g, visto g, sou g
XL: xl, extra large, xlarge, x large, एक्सएल, extra grande, x-large, exl, ex large, extra larg, extra groß, extra gross, tres grand, gg, एक्स एल, एक्सट्रा लार्ज, اكس لارج, اكسلارج, tamanho gg, tam gg, uso gg, visto gg, sou gg
XXL: xxl, 2xl, double xl, xx large, double extra large, 2x large, xx-large, 2 xl, double extra, extra extra large, doble xl, doble equis, डबल एक्सएल, دبل اكس لارج, xxl size
3XL: xxxl, 3xl, triple xl, xxx large, 3 xl, triple x, xxx-large, ट्रिपल एक्सएल
4XL: xxxxl, 4xl, 4 xl
5XL: 5xl, 5 xl, xxxxxl
free size: free size, freesize, one size, onesize, talla unica, taille unique, einheitsgroesse, tamanho unico
6XL: 6xl, 6 xl
"""

SIZE_WORDS = bag("""
    size sizes sz talla tallas tall taille tailles groesse groessen grosse gr tamanho tam misura naap saiz साइज साइज़ مقاس
    مقاسي المقاس مقاسها قياس waist inseam konfektionsgroesse bund pointure schuhgroesse talle
""")
SIZE_REGIONS = bag("uk us eu it fr eur ind india")

ORDINALS = """
1: first, 1st, pehla, pehle, pehli, pahla, pahle, pahli, phla, primero, primera, primer, premier, premiere, erste, erster, erstes, ersten, primeiro, primeira, primo, prima, पहला, पहली, पहले, الاول, الاولي, اول, frist, firts, fist one, 1er, 1ero, 1era, 1ra, 1re, 1ere, 1ro, 1ter, 1te, erstere, number one, nummer eins, numero uno, numero un, el uno, die eins, primeirinho, pehlaa, pahle wala, pehla waala, phela, phle, phli, pehley, ek number, पहिला, नंबर एक, اول واحد, اول وحده, الاولى, اولهم, رقم واحد, الأولى, primeros, primeras, premiers, premieres, primeiros, primeiras
2: second, 2nd, dusra, dusre, dusri, doosra, doosre, doosri, doosara, segundo, segunda, deuxieme, second, seconde, zweite, zweiter, zweites, zweiten, secondo, दूसरा, दूसरी, दूसरे, الثاني, الثانيه, ثاني, secnd, 2do, 2da, 2e, 2eme, 2er, 2te, 2ter, numero dos, el dos, nummer zwei, numero deux, numero dois, dusraa, duusra, doosraa, dosra, dosri, dusrey, dooja, नंबर दो, दूजा, ثاني واحد, ثاني وحده, التاني, التانيه, تاني, رقم اثنين, الثانى
3: third, 3rd, teesra, teesre, teesri, tisra, tisri, tisre, tercero, tercera, tercer, troisieme, dritte, dritter, drittes, dritten, terceiro, terceira, terzo, तीसरा, तीसरी, तीसरे, الثالث, الثالثه, ثالث, thrid, tird, 3ro, 3ero, 3era, 3ra, 3e, 3eme, 3te, el tres, numero tres, numero trois, nummer drei, teesraa, tesra, tesri, teeja, नंबर तीन, ثالث واحد, ثالث وحده, التالت, التالته, تالت, رقم ثلاثه
4: fourth, 4th, chautha, chauthe, chauthi, cuarto, cuarta, quatrieme, vierte, vierter, viertes, vierten, quarto, quarta, चौथा, चौथी, चौथे, الرابع, الرابعه, 4to, 4ta, 4e, 4eme, 4te, el cuatro, numero cuatro, numero quatre, nummer vier, chotha, chouthi, choutha, chawtha, नंबर चार, رابع, رابع واحد, رقم اربعه
5: fifth, 5th, paanchva, paanchvi, paanchwa, paanchwi, panchva, panchwa, quinto, quinta, cinquieme, fuenfte, funfte, fuenften, fuenftes, पांचवा, पांचवां, पांचवी, पाँचवाँ, الخامس, الخامسه, fith, 5to, 5ta, 5e, 5eme, 5te, el cinco, numero cinco, numero cinq, nummer fuenf, fuenfter, panchwi, panchve, paanchve, pancham, पांचवें, पाँचवी, خامس, خامس واحد, رقم خمسه
6: sixth, 6th, chhatha, chatha, sexto, sexta, sixieme, sechste, sechsten, छठा, السادس, 6e, 6eme, 6te, sechster, sechstes, chhata, chhati, chhathi, chhatvan, छठी, छठवां, السادسه, سادس, el seis
7: seventh, 7th, septimo, septima, septieme, siebte, siebten, setimo, السابع, siebter, siebtes, satva, saatva, saatvi, setima, सातवां, सातवी, السابعه, 7e
8: eighth, 8th, octavo, octava, huitieme, achte, achten, oitavo, الثامن, achter, achtes, oitava, athva, aathva, aathvi, आठवां, الثامنه, 8e
9: ninth, 9th, noveno, neuvieme, neunte, neunten, nono, التاسع, novena, nona, नौवां, التاسعه
10: tenth, 10th, decimo, dixieme, zehnte, zehnten, العاشر, decima, zehnter, दसवां
-1: last, last one, final one, aakhri, akhri, aakhiri, akhiri, antim, ultimo, ultima, dernier, derniere, letzte, letzter, letztes, letzten, bottom one, आखिरी, आख़िरी, अंतिम, الاخير, الاخيره, lst, lastt, the last, very last, ultimito, ultimitos, la ultima, ultimas, ultimos, derniers, dernieres, tout dernier, letztere, ultiminho, aakhari, aakhir wala, akhir wala, last wala, last wali, last wale, sabse last, sabse aakhri, aakhir, antim wala, आखरी, लास्ट, लास्ट वाला, आख़िर वाला, اخر, اخر واحد, اخر وحده, الأخير, اخرهم
"""
