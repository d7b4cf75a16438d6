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
100: hundred, hundreds, sau, so rupaye, cent, cents, hundert, cientos, सौ
1000: k, thousand, thousands, grand, hazaar, hazar, hajar, hajaar, mil, mille, tausend, हजार, हज़ार, الف, الاف
100000: lakh, lac, lakhs, lacs, लाख
"""

CURRENCIES = """
INR: ₹, rs, rupee, rupees, inr, rupaye, rupaiye, rupay, rupiya, rupia, rupias, roupies, rupien, रुपये, रुपए, रुपया, रु, روبيه
USD: $, usd, dollar, dollars, buck, bucks, us dollars, dolar, dolares, dollaro, डॉलर, دولار
EUR: €, eur, euro, euros, यूरो, يورو
GBP: £, gbp, pound, pounds, quid, libra, libras, livres, pfund, sterling, पाउंड, جنيه استرليني
JPY: ¥, jpy, yen
AED: aed, dirham, dirhams, درهم
SAR: sar, riyal, riyals, ريال
EGP: egp, جنيه, جنيه مصري
BRL: brl, r$, real brasileiro, reais, reales
MXN: mxn, pesos mexicanos
CAD: cad, canadian dollars
AUD: aud, australian dollars
CHF: chf, franken, swiss francs
"""

LIMITS = """
max: nothing over, nothing above, none over, not beyond, under, below, less than, lesser than, upto, up to, max, maximum, within, not more than, no more than, at most, cheaper than, beneath, not over, not above, <, ≤, budget, my budget, my budget is, budget of, budget is, i can spend, spend up to, menos de, por menos de, hasta, por debajo de, maximo, como maximo, no mas de, presupuesto, presupuesto de, moins de, moins cher que, en dessous de, sous, jusqu a, jusqua, jusque, maximum de, pas plus de, budget de, unter, bis, bis zu, weniger als, hoechstens, maximal, nicht mehr als, abaixo de, ate, no maximo, por menos de, menos que, orcamento, orcamento de, meno di, sotto, fino a, اقل من, تحت, بحد اقصي, لا يزيد عن, حتي, ميزانيتي, ميزانيه, बजट
maxafter: ke andar, ke under, ke andr, se kam, se neeche, se niche, ke neeche, ke niche, tak, tak ka, tak ki, tak ke, tk, se sasta, se saste, max, maximum, or less, or under, or below, at most, budget, tops, andar, o menos, como maximo, maximo, de presupuesto, ou moins, maximum, max, oder weniger, hoechstens, maximal, ou menos, no maximo, के अंदर, से कम, तक, से नीचे, के नीचे, तक का, तक की, तक के, बजट, का बजट, ka budget, ke budget mein, كحد اقصي, او اقل
min: over, above, more than, at least, minimum, min, starting from, starting at, from, upwards of, not less than, no less than, not under, not below, >, ≥, mas de, a partir de, al menos, minimo, desde, por encima de, no menos de, plus de, au moins, au dessus de, minimum, a partir, ueber, mehr als, mindestens, ab, nicht unter, mais de, acima de, pelo menos, no minimo, acima, اكثر من, فوق, علي الاقل, ابتداء من, لا يقل عن
minafter: se zyada, se jyada, se upar, se adhik, ke upar, plus, or more, and above, and up, onwards, or above, minimum, +, o mas, en adelante, ou plus, et plus, oder mehr, ou mais, से ज्यादा, से ज़्यादा, से ऊपर, से अधिक, के ऊपर, او اكثر
about: around, about, approx, approximately, roughly, near, ~, circa, somewhere around, close to, in the range of, alrededor de, unos, mas o menos, cerca de, aproximadamente, sobre los, environ, autour de, a peu pres, vers, etwa, ungefaehr, circa, um die, rund, ca, cerca de, por volta de, em torno de, uns, mais ou menos, takriban, lagbhag, karib, kareeb, लगभग, करीब, حوالي, تقريبا, بحدود
aboutafter: ke aas paas, ke aaspaas, ke as pas, ke karib, ke kareeb, ke around, ish, approx, or so, mas o menos, environ, ungefaehr, mais ou menos, के आसपास, के आस पास, के करीब, تقريبا
between: between, from, in between, range, entre, zwischen, von, de, entre los, tra, beech, बीच, بين, من
to: to, and, till, until, upto, up to, y, a, et, und, bis, e, ate, se, aur, hasta, से, और, و, الي, -
"""

SIZES = """
XXS: xxs, extra extra small
XS: xs, extra small, xsmall, x small
S: small, smalls, pequen(o|a), klein, pequeno, chhota size, chota size, स्मॉल, صغير
M: medium, mediano, mediana, moyen, moyenne, mittel, medio, media, med, मीडियम, وسط, متوسط
L: large, grande, gross, big size, bada size, लार्ज, كبير
XL: xl, extra large, xlarge, x large, एक्सएल, extra grande
XXL: xxl, 2xl, double xl, xx large, double extra large, 2x large
3XL: xxxl, 3xl, triple xl, xxx large
4XL: xxxxl, 4xl
5XL: 5xl
free size: free size, freesize, one size, onesize, talla unica, taille unique, einheitsgroesse, tamanho unico
"""

SIZE_WORDS = bag("size sz talla taille groesse grosse tamanho misura naap साइज مقاس waist")
SIZE_REGIONS = bag("uk us eu it fr")

ORDINALS = """
1: first, 1st, pehla, pehle, pehli, pahla, pahle, pahli, phla, primero, primera, primer, premier, premiere, erste, erster, erstes, ersten, primeiro, primeira, primo, prima, पहला, पहली, पहले, الاول, الاولي, اول
2: second, 2nd, dusra, dusre, dusri, doosra, doosre, doosri, doosara, segundo, segunda, deuxieme, second, seconde, zweite, zweiter, zweites, zweiten, secondo, दूसरा, दूसरी, दूसरे, الثاني, الثانيه, ثاني
3: third, 3rd, teesra, teesre, teesri, tisra, tisri, tisre, tercero, tercera, tercer, troisieme, dritte, dritter, drittes, dritten, terceiro, terceira, terzo, तीसरा, तीसरी, तीसरे, الثالث, الثالثه, ثالث
4: fourth, 4th, chautha, chauthe, chauthi, cuarto, cuarta, quatrieme, vierte, vierter, viertes, vierten, quarto, quarta, चौथा, चौथी, चौथे, الرابع, الرابعه
5: fifth, 5th, paanchva, paanchvi, paanchwa, paanchwi, panchva, panchwa, quinto, quinta, cinquieme, fuenfte, funfte, fuenften, fuenftes, पांचवा, पांचवां, पांचवी, पाँचवाँ, الخامس, الخامسه
6: sixth, 6th, chhatha, chatha, sexto, sexta, sixieme, sechste, sechsten, छठा, السادس
7: seventh, 7th, septimo, septima, septieme, siebte, siebten, setimo, السابع
8: eighth, 8th, octavo, octava, huitieme, achte, achten, oitavo, الثامن
9: ninth, 9th, noveno, neuvieme, neunte, neunten, nono, التاسع
10: tenth, 10th, decimo, dixieme, zehnte, zehnten, العاشر
-1: last, last one, final one, aakhri, akhri, aakhiri, akhiri, antim, ultimo, ultima, dernier, derniere, letzte, letzter, letztes, letzten, bottom one, आखिरी, आख़िरी, अंतिम, الاخير, الاخيره
"""
