"""What clothes are for, how they are cut, whom they are for, and how results are ordered."""

OCCASIONS = """
party: سهره, للسهره, parti, parties, garden party, house party, night out, clubbing, club, fiesta, soiree, fete, feier, festa, पार्टी, حفله, حفل, partywear, party wear, evening out, disco, partys, partying, pary, fiestas, fiestita, fieston, de fiesta, salir de noche, salir de fiesta, noche de fiesta, discoteca, antro, boliche, rumba, soirees, boite, sortir le soir, sortir en boite, ausgehen, zum feiern, feiern, feiere, tanzen, disko, balada, baladas, festinha, festas, noitada, sair a noite, night club, nightclub, clubbin, gno, girls night, hen do, hen party, stag do, kitty party, partiyon, पार्टी वियर, पार्टीवियर, महफिल, سهرات, حفلات, لحفله, للحفله, طلعات, طلعه, barzinho, happy hour, rave
wedding: wedding guest, weddings, weding, marriage, boda(|s), mariage(|s), hochzeit(|en), casamento, matrimonio, shaadi, shadi, shaddi, vivah, शादी, زفاف, عرس, vyah, bridal, bride, weddin, wdding, getting married, gets married, get married, marrying, nikah, nikaah, baraat, barat, vidaai, casamiento, casorio, casarse, se casa, bodas, invitada de boda, invitada, novias, nupcial, noce, noces, se marie, invitee mariage, hochzeitsgast, trauung, standesamt, heiratet, casamentos, madrinha de casamento, casório, shaadi wala, shadi byah, byah, biyah, शादियों, विवाह, ब्याह, निकाह, बारात, اعراس, فرح, افراح, للفرح, لفرح, زواج, ملكه, عقد قران, كتب كتاب, ليله العمر
mehendi: mehndi, mehandi, मेहंदी, mehandi function, mehendi ceremony, henna, mehndi function, مهندي, حنه, حنا, मेहँदी
haldi: haldi ceremony, हल्दी
sangeet: sangit, संगीत
reception: reception party, रिसेप्शन
engagement: sagai, ring ceremony, verlobung, सगाई, engaged, roka, mangni, pedida, pedida de mano, compromiso, fiancailles, verlobungsfeier, noivado, मंगनी, रोका, خطوبه, خطوبتي, للخطوبه, خطبه
eid: eid al fitr, ईद, عيد, العيد, eid ul fitr, eidi, bakrid, eid al adha, للعيد, لعيد, عيدي, aid, ईद के लिए, eid wala, eid fitr
diwali: deepavali, दिवाली, दीवाली, divali, diwaali, deewali, dipawali, dipavali, दीपावली
holi: होली
navratri: garba, dandiya, नवरात्रि, garba night, navratra, navaratri, garbe, डांडिया, गरबा
durga puja: pujo, durga pooja, दुर्गा पूजा
puja: pooja, पूजा, poojan, pooja ceremony, havan
karwa chauth: karva chauth
rakhi: raksha bandhan, rakshabandhan, rakhsha bandhan, राखी, रक्षाबंधन
christmas: xmas, navidad, noel, weihnachten, natal, christmass, x-mas, navideno, navidena, nochebuena, cena de navidad, weihnachtsfeier, weihnachtlich, heiligabend, noël, réveillon de noel, natalino, ceia de natal, क्रिसमस, كريسماس, الكريسماس, عيد الميلاد المجيد
new year: new years eve, nye, nochevieja, silvester, reveillon, new years, new year eve, fin de ano, ano nuevo, año nuevo, nouvel an, neujahr, silvesterparty, ano novo, virada do ano, नया साल, नए साल, راس السنه, naya saal
halloween:
festive: festival wear, festival, festivals, tyohar, tyohaar, त्योहार, festiva, festivo, festif, festlich, festliche, festliches, festlicher, fest, teej, festive season, तीज, त्यौहार, त्योहारों
birthday: bday, cumpleanos, anniversaire, geburtstag, aniversario, janamdin, जन्मदिन, عيد ميلاد, b day, birth day, bdy, cumple, cumpleanios, cumples, de cumpleanos, anniv, geburtstagsfeier, geburtstagsparty, niver, aniver, janmdin, janam din, बर्थडे, बर्थ डे, जन्मदिवस, ميلاد, عيد ميلادي, ميلادي, لعيد ميلاد, birthday party
anniversary: wedding anniversary, aniversario de bodas, anniversaire de mariage, hochzeitstag, jahrestag, aniversario de casamento, salgirah, सालगिरह, ذكري زواج
graduation: convocation, graduacion, remise des diplomes, abschlussfeier, formatura, grad, fiesta de graduacion, remise de diplome, abi ball, abiball, abschlussball, colacao de grau, baile de formatura, formaturas, دीक्षांत, تخرج, التخرج, للتخرج, لحفل تخرج, حفل تخرج
prom: prom night, proms, abschlussball prom, bal de promo, baile de graduacion
date: date night, dates, cita, rendez vous, encontro, first date, date nite, datenight, cita romantica, primera cita, rencard, premier rendez vous, rdv, rendezvous, verabredung, erstes date, encontros, primeiro encontro, jantar romantico, डेट, डेट नाइट, موعد, رومانسي, romantic dinner, valentine, valentines, valentines day, san valentin, saint valentin, valentinstag, dia dos namorados
dinner: dinner party, cena, diner, abendessen, jantar, dinners, supper, cenas, diners, abendessen gehen, jantares, restaurant dinner, डिनर, عشاء, للعشاء, عزومه, عزيمه
brunch: sunday brunch, brunches, bottomless brunch, برنش
office: work, workwear, work wear, oficina, trabajo, bureau, travail, buero, buro, arbeit, escritorio, trabalho, daftar, office wear, officewear, ऑफिस, ऑफ़िस, दफ्तर, العمل, مكتب, business, offices, at work, to work, for work, oficinas, de oficina, trabajar, ir a trabajar, chamba, laburo, para el trabajo, boulot, taf, au bureau, travailler, le travail, fuers buero, buerotauglich, die arbeit, zur arbeit, escritorios, trabalhar, pro trabalho, o trabalho, offis, ofis, office jaane, ऑफिस वियर, काम पर, الدوام, دوام, للدوام, شغل, الشغل, للشغل, المكتب, عمل, للعمل, شغلي, corporate, desk job
interview: job interview, interviews, entrevista, entretien, vorstellungsgespraech, इंटरव्यू, مقابله, interviewz, entrevistas, entrevista de trabajo, entrevista de emprego, entretien d embauche, entretiens, bewerbungsgespraech, vorstellungsgespraeche, intervew, इंटरव्यू के लिए, साक्षात्कार, مقابله عمل, المقابله, انترفيو
meeting: business meeting, meetings, reunion, reuniones, reunions, besprechung, meetings de trabajo, reuniao, reunioes, मीटिंग, اجتماع, presentation, conference
casual: everyday, every day wear, daily wear, dailywear, roz pehnne, informal, decontracte, lassig, कैजुअल, كاجوال, casuals, cazual, diario casual, a diario, dia a dia, para el dia a dia, uso diario, tous les jours casual, quotidien casual, decontractee, alltag, alltagstauglich, fuer den alltag, freizeit, lockeres casual, dia-a-dia, pro dia a dia, basico casual, rozana pehenne, roz pehenne, roz ke liye, daily use, रोज़मर्रा, रोजमर्रा, डेली वियर, كاجول, كجوال, يومي, يوميه, everyday wear
formal: black tie, black tie event, white tie, formals, formal wear, formales, formel, formell, फॉर्मल, رسمي, semi formal, formall, elegante formal, de vestir, de gala, etiqueta, habille, ceremonie, tenue de ceremonie, tenue habillee, formelle, formelles, festlich formal, formais, traje social, esporte fino, formal wala, फॉर्मल वियर, औपचारिक, رسميه, فورمال, gala, black-tie
beach: beachwear, playa, plage, strand, praia, spiaggia, समुद्र, شاطي, البحر, beaches, beachy, playas, playera fiesta, la plage, a la plage, plages, am strand, fuer den strand, strandtag, praias, pra praia, balneario, समुद्र तट, للبحر, بحر, شاطئ, الشاطئ, بلاج, pool, pool party, piscina, piscine, बीच पर, बीच के लिए, बीच वियर
vacation: holiday, holidays, vacations, vacaciones, vacances, urlaub, ferias, chutti, trip, goa trip, vacay, hols, honeymoon, vaca, vacas, luna de miel, lune de miel, vacances d ete, im urlaub, fuer den urlaub, flitterwochen, sommerurlaub, ferias de verao, lua de mel, chhutti, chuttiyan, chhuttiyan, ghumne, ghumne jaane, छुट्टी, छुट्टियों, घूमने, اجازه, سفر, عطله, شهر عسل, cruise, resort wear, resort
travel: airport, travelling, traveling, viaje, voyage, reise, viagem, safar, travels, viajar, viajes, viajecito, voyager, voyages, reisen, auf reisen, fuer die reise, viagens, viajar aviao, aeroporto, aeropuerto, aeroport, flughafen, safar ke liye, यात्रा, सफर, للسفر, السفر, مطار
gym: workout, workouts, gymwear, gimnasio, salle de sport, fitness, fitnessstudio, academia, जिम, training, gyms, gimnasios, gymn, entrenar, entrenamiento, entreno, hacer ejercicio, crossfit, la salle, muscu, musculation, fuers gym, fuers fitnessstudio, sportstudio, trainieren, treinar, treino, malhar, academias, kasrat, वर्कआउट, कसरत, نادي, النادي, للنادي, الجيم, جيم, تمرين, رياضه
sports: sport, deporte, esporte, sportswear, sporty occasion, deportes, sports wear, zum sport, fuer sport, esportes, tennis match, football practice, खेल, للرياضه
running: run, correr, course a pied, laufen, corrida, jogging, runs, runnin, joggen, footing, jog, corridas, للجري, ركض, الجري, दौड़, दौड़ने, daudne
yoga: pilates, yoga class, योग, योगा, يوغا, يوجا
hiking: trekking, trek, hike, senderismo, randonnee, wandern, hikes, trekkin, trails, senderista, caminatas, montana, rando, randos, randonnees, wanderung, zum wandern, berge, trilha, trilhas, caminhada, ट्रैकिंग, ट्रेकिंग, हाइकिंग, هايكنج, تخييم, camping, camp, campamento, acampar, zelten, acampamento
college: uni, university, campus, कॉलेज, colleges, universidad, fac, la fac, universite, unialltag, faculdade, universidade, clg, college jaane, कॉलेज के लिए, جامعه, الجامعه, للجامعه
school: escuela, ecole, schule, escola, schools, colegio, la escuela, lycee, schule gehen, स्कूल, مدرسه, المدرسه, للمدرسه, back to school
funeral: entierro, enterrement, beerdigung, funerals, funerales, velorio, luto, obseques, deuil, trauerfeier, begraebnis, enterro, funebre, velatorio, अंतिम संस्कार, عزاء, للعزا, عزا, matam
cocktail: cocktail party, coctel, coquetel, cocktails, cocktailparty, कॉकटेल, كوكتيل
church: iglesia, churches, iglesias, messe, eglise, kirche, igreja, culto, missa, misa, चर्च, الكنيسه, كنيسه
baby shower: babyshower, godh bharai, godbharai, babyparty, cha de bebe, गोद भराई
farewell: farewell party, despedida, abschied, pot de depart, विदाई, फेयरवेल
picnic: 
concert: concierto, konzert, concerts, conciertos, gig, gigs, konzerte, shows musicais, show de rock, कॉन्सर्ट, كونسرت, حفله موسيقيه
ramadan: ramadan, ramzan, ramadhan, رمضان, لرمضان, रमज़ान, रमजान, iftar
pongal: pongal, पोंगल
onam: onam, ओणम
carnival: carnival, carnaval, karneval, fasching, fasnacht, कार्निवल
oktoberfest: oktoberfest, wiesn, wasn
feria: feria, feria de abril
festival: music festival, festival de musica, coachella, festivals, musikfestival, festival ete
communion: communion, comunion, primera comunion, primeira comunhao, kommunion, konfirmation, communions
baptism: christening, bautizo, bautismo, bapteme, taufe, batizado, baptizado
quinceanera: quinceanera, quince anos, quinceañera, xv anos, quinceaños, fiesta de quince
lunch: lunch party
ski: ski, skiing, esqui, esquiar, skifahren, skiurlaub, snow trip, snowboard, تزلج
prayer: prayer, namaz, mosque, masjid, mosquee, mezquita, moschee, mesquita, صلاه, الصلاه, للصلاه, मंदिर, mandir, temple
hajj: hajj, umrah, umra, العمره, للعمره, حج, الحج
home: at home, lounging, estar en casa, para casa, chez soi, rester a la maison, fuer zuhause, zuhause, ficar em casa, ghar pe, ghar mein pehenne, घर पर, البيت, للبيت, بالبيت
theater: theatre, theater, opera, oper, teatro, ballet
"""

SEASONS = """
summer: verano, ete, sommer, verao, estate, garmi, garmiyon, garmi ke liye, गर्मी, गर्मियों, صيف, الصيف, summery, summers, sommr, estival, veraniego, veraniega, veraniegos, estivale, d ete, pour l ete, sommerlich, sommerliche, sommerliches, sommerlicher, fuer den sommer, hochsommer, calor, mucho calor, hitze, chaleur, canicule, veraozinho, garmi mein, garmiyo, garmio, hot weather, summer wear, गरमी, गर्मी के लिए, समर, صيفي, صيفيه, للصيف, الصيفي, حر, الحر
winter: invierno, hiver, inverno, sardi, sardiyon, thand, सर्दी, सर्दियों, شتاء, الشتاء, wintery, winters, wintr, invernal, frio, para el frio, mucho frio, hivernal, pour l hiver, froid, grand froid, winterlich, winterliche, fuer den winter, kaelte, kalte tage, pro frio, thandi, sardiyo, sardiyan, sardiyon ke liye, thand ke liye, jaada, jade, cold weather, winter wear, ठंड, सर्दियां, विंटर, شتوي, شتويه, للشتاء, شتا, الشتا, الشتوي, برد, للبرد
monsoon: rainy season, rains, barish, baarish, बारिश, मानसून, rainy, monsoons, mansoon, lluvia, lluvias, pluie, regen, regentage, regenwetter, chuva, chuvas, baarish ke liye, barsaat, barsat, बरसात, बारिश के लिए, مطر, للمطر, الامطار
spring: primavera, printemps, fruehling, fruhling, springtime, primaveral, de primavera, printaniere, printanier, fruehlingshaft, fuer den fruehling, बसंत, ربيع, الربيع, للربيع, ربيعي, ربيعيه
autumn: fall season, otono, automne, herbst, outono, autum, otonal, entretiempo, automnal, mi saison, herbstlich, fuer den herbst, meia estacao, outonal, पतझड़, خريف, الخريف, خريفي, للخريف, for fall, this fall, fall wear, fall outfit, fall jacket season
"""

FITS = """
slim: slim fit, slimfit, ajustad(o|a), schmal geschnitten, entallado, fitted slim, entallad(o|a|os|as), ajustadit(o|a), cintree, cintres, coupe slim, coupe ajustee, tailliert(|e|es|er), schmal(|e|es|er), slim geschnitten, acinturad(o|a), justinh(o|a), mais just(o|a), स्लिम, स्लिम फिट, سليم, سليم فيت
skinny: skinny fit, skinnies, pitillo, pitillos, chupin, roehre, super skinny, सकिनी, سكيني
regular: regular fit, corte regular, coupe droite regular, normale passform, corte normal, रेगुलर, عادي القصه
straight: straight fit, straight cut, straight leg, recto, recta, rectos, rectas, corte recto, droit(|e|s|es), coupe droite, gerade, gerades, gerader, gerade geschnitten, reto, reta, retos, retas, corte reto, स्ट्रेट, مستقيم, ستريت
relaxed: relaxed fit, comfort fit, comfy fit, relajado, relaxado, comfort, comfortable fit, laessig geschnitten, bequem geschnitten, decontracte coupe, रिलैक्स्ड, مريح القصه, confort fit, easy fit
loose: loose fit, loose fitting, lose, loser, looser, roomy, holgad(o|a), suelt(o|a), ample, locker, weit, larg(o|a) de cuerpo, dheel(a|i|e), ढील(ा|ी|े), واسع, واسعه, less tight, not tight, not too tight, not so tight, folgad(o|a), looose, losse, holgaditos, holgadit(o|a), holgad(os|as), ancho, ancha, anchos, anchas, amplio, amplia, suelto, large coupe, larges, amples, fluide, pas moulant, pas trop serre, pas trop serree, locker(|e|es|er) geschnitten, lockere, lockeres, lockerer, weite, weites, weiter geschnitten, nicht zu eng, nicht so eng, larguinh(o|a), larg(o|a) pt, soltinh(o|a), solt(o|a), mais larg(o|a), folgadinh(o|a), dhila, dheele, dhile, dhili, loose wala, khula, khuli, khulla, ढीला, ढीली, लूज, وسيع, وسيعه, فضفاض, فضفاضه, عريض, رحيب, مريح واسع, not fitted, less fitted, not clingy, baggier, moins moulant, moins serre, menos ajustad(o|a), menos apretad(o|a), weniger eng, menos justo, menos apertado, kam tight, looser fit
fitted: tight, tighter, tight fit, tight fitting, figure hugging, body hugging, cintre, eng, enge, ceñido, cenid(o|a), ضيق, fit wala, tight wala, ajustado, pegado, pegada, cenidito, moulant(|e|es|s), pres du corps, serre, serree, enganliegend, hauteng, engeres, engerer, koerperbetont, figurbetont, colad(o|a), coladinh(o|a), justo, justa, apertad(o|a), tang, टाइट, फिटेड, فيتد, مضبوط, ضيقه, محدد, bodyhugging, snug, form fitting, formfitting, clingy
oversized: oversize, over sized, oversized fit, ओवरसाइज़, over size, overzised, oversied, xxl look, extra grande fit, grandote, sobredimensionado, uebergross, oversizes, oversized wala, ओवर साइज, اوفر سايز, اوفرسايز
baggy: baggy fit, बैगी, bagy, baggies, ancho baggy, baggys, bombachos, झोलेदार, باقي فيت, باجي
tailored: tailored fit, bien cortado, auf figur, alfaiataria, sur mesure, sastre, sob medida
athletic: athletic fit
high-waisted: high waist, high waisted, high rise, highwaist, tiro alto, taille haute, cintura alta, high-rise, highwaisted, talle alto, de tiro alto, de cintura alta, hoher bund, hohe taille, high waist hose, हाई वेस्ट, خصر عالي, وسط عالي, هاي ويست, high waste
low-rise: low rise, low waist, tiro bajo, taille basse, low-waisted, low waisted, hip huggers, talle bajo, huefthose, cintura baixa, लो वेस्ट, خصر واطي, خصر منخفض
"""

LENGTHS = """
mini: mini length, minis, super corto, ultra court, ultrakurz, micro mini, मिनी, ميني
short: short length, cort(o|a|os|as), court(|e|es|s), kurz(|e|er|es|en), curt(o|a|os|as), chhot(a|i), chot(a|i), छोट(ा|ी), قصير, قصيره, shorter length, cortit(o|a|os|as), kurze, kurzes, kurzer, curtinh(o|a|os|as), chhote wala, छोटे, قصار
knee: knee length, kneelength, up to the knee, till the knee, till knee, a la rodilla, aux genoux, knielang, ghutne tak, ghutno tak, na altura do joelho, knee lenght, knee high length, knee-length, above the knee, ala rodilla, por la rodilla, hasta la rodilla, altura rodilla, largo rodilla, au genou, mi genou, longueur genou, genoux, bis zum knie, bis zu den knien, kniehoch lang, ate o joelho, na altura dos joelhos, altura do joelho, no joelho, ghutno, ghutne, ghutne ke neeche, घुटने तक, घुटनों तक, घुटने, للركبه, لحد الركبه, تحت الركبه, الي الركبه, فوق الركبه, الركبه
midi: midi length, below the knee, mid length, mid calf, midi ki length, midis, medio largo, media pierna, longueur midi, mi long, mi longue, mi-longue, wadenlang, midilaenge, comprimento midi, मिडी, ميدي, نص ساق
maxi: maxi length, floor length, full length, ankle touching, bodenlang, maxis, floor-length, full-length, hasta el suelo, hasta los pies, largo hasta el piso, jusqu aux pieds, jusqu au sol, ras du sol, bis zum boden, bodenlange, ate o chao, ate o pe, longo ate o pe, मैक्सी, ماكسي, لحد الارض, للارض
ankle: ankle length, anklelength, hasta el tobillo, knoechellang, ankle lenght, ankle-length, al tobillo, tobillero, tobilleros, knoechelhoch, sept huitiemes, cheville, tornozelo, ate o tornozelo, takhne tak, टखने तक, للكاحل, لحد الكعب
long: larg(o|a|os|as), longue(|s), lang(|e|er|es|en), compr(ido|ida), lamb(a|i|e), लंब(ा|ी|े), طويل, طويله, longg, larguit(o|a|os|as), longs, langes, langer, longo, longa, longos, longas, longuinh(o|a), compridinh(o|a), compridos, compridas, lambe wala, lmba, lambaa, lmbi, लंबे, लम्बा, लम्बी, طوال, طويلات
cropped: crop, croped, crop length, bauchfrei, recortado
"""

SLEEVES = """
short: short sleeve, short sleeves, short sleeved, half sleeve, half sleeves, half sleeved, manga corta, mangas cortas, manches courtes, kurzarm, kurzaermlig, kurz(e|en) aermel(|n), manga curta, mangas curtas, half baju, aadhi baju, हाफ स्लीव, اكمام قصيره, كم قصير, chhoti baju, half slv, halfsleeves, half sleve, manguita corta, de manga corta, a manches courtes, demi manches, kurzaermelig, kurzaermlige, kurzarmhemd, mit kurzen aermeln, de manga curta, manguinha curta, half sleeves wala, aadhi aasteen, half aasteen, aadhi bazu, half bazu, chhoti aasteen, आधी आस्तीन, आधी बाजू, छोटी आस्तीन, हाफ स्लीव्स, नصف کم, نص كم, نصف كم, باكمام قصيره, بكم قصير, short slv, shortsleeve, shortsleeved, छोटी बाजू, छोटी बाजू वाला, छोटी बांह
long: long sleeve, long sleeves, long sleeved, full sleeve, full sleeves, full sleeved, manga larga, mangas largas, manches longues, langarm, langaermlig, lang(e|en) aermel(|n), manga comprida, mangas compridas, manga longa, poori baju, full baju, फुल स्लीव, اكمام طويله, كم طويل, lambi baju, covered arms, longsleeve, long slv, longsleeved, full slv, full sleve, fullsleeves, de manga larga, a manches longues, manche longue, langaermelig, langaermlige, langarmshirt, mit langen aermeln, langem arm, de manga comprida, de manga longa, mangas longas, poori aasteen, puri aasteen, puri baju, poori bazu, full bazu, lambi aasteen, full aasteen, पूरी आस्तीन, पूरी बाजू, लंबी आस्तीन, फुल स्लीव्स, कोहनी तक पूरी, بكم طويل, باكمام طويله, باكمام طويل, وبكم طويل, ابغي اكمام طويله, arms covered, लंबी बाजू, लंबी बाजू वाला, लंबी बाजू वाली, लम्बी बाजू, लंबी बांह
sleeveless: sleeveless, sleeve less, no sleeves, no sleeve, without sleeves, sin mangas, sans manches, aermellos, ohne aermel(|n), sem mangas, bina baju, bina sleeves, bina aasteen, स्लीवलेस, بدون اكمام, بلا اكمام, strapless, sleevless, slveless, sleeve-less, sleeveles, no slv, sin manga, de tirantes, tirantes, sans manche, aermellose, aermelloses, aermelloser, traegerlos, ohne arm, sem manga, de alcinha, alcinha, regata sem manga, bina aastin, bina baaju, bina baju ke, bina bazu, bina baazu, sleeveless wala, cut sleeves, बिना आस्तीन, बिना बाजू, बिना बाजू का, बिना स्लीव, कट स्लीव, بدون كم, بلا كم, حفر, كت, من غير كم, من غير اكمام, علاقي
three-quarter: 3/4 sleeve, 3/4 sleeves, three quarter sleeve, three quarter sleeves, 3 4 sleeves, three fourth sleeves, 3/4 aermel, dreiviertel aermel, dreiviertelarm, manga 3/4, mangas 3/4, manga francesa, manches 3/4, manches trois quarts, manga tres quartos, 3/4th sleeves, three fourth, थ्री फोर्थ, तीन चौथाई, ثلاث ارباع, كم ثلاث ارباع, elbow sleeves, elbow length sleeves
cap: cap sleeve, cap sleeves, cap slv, manga casquillo
puff: puff sleeve, puff sleeves, puffed sleeves, puffy sleeves, mangas abullonadas, manches ballon, puffaermel, puffed, puffs sleeve, manga abullonada, mangas bufantes, manga bufante, manga farol, manches bouffantes, puffaermeln, पफ स्लीव, كم منفوش, اكمام منفوخه, bishop sleeves
bell: bell sleeve, bell sleeves, manga campana, mangas campana, trompetenaermel, manches evasees, manga sino, manga boca de sino
balloon: balloon sleeve, balloon sleeves, manga globo, ballonaermel, manches ballons
flutter: flutter sleeve, flutter sleeves
"""

NECKLINES = """
round: round neck, roundneck, round necked, round neckline, cuello redondo, col rond, rundhals, rundhalsausschnitt, gola redonda, gol gala, gol gale, गोल गला, round collar, rounded neck, cuello redondito, escote redondo, col arrondi, encolure ronde, runder ausschnitt, rundausschnitt, runder kragen, gola careca, decote redondo, gol gale wala, gol gale wali, gol gala wala, राउंड नेक, गोल गले, ياقه مدوره, رقبه مدوره, ياقه دائريه, قبه مدوره, رقبه دائريه, فتحه مدوره
crew: crew neck, crewneck
v-neck: v-neck, v neck, vneck, v necked, v neckline, cuello v, cuello en v, cuello de pico, col v, col en v, v ausschnitt, decote v, decote em v, गला वी, v necks, vneck wala, escote v, escote en v, escote en pico, cuello uve, decollete v, encolure v, decollete en v, mit v ausschnitt, gola v, v gala, v gale, वी नेक, वी गला, रव नेक, ياقه v, رقبه v, رقبه في, فتحه v, رقبه سبعه, سبعه, قبه v
mandarin: mandarin, mandarin collar, chinese collar, band collar, stand collar, cuello mao, cuello mandarin, col mao, stehkragen, mao collar, nehru collar, col officier, col montant mao, gola padre, gola mandarim, cuello chino, मैंडरिन, नेहरू कॉलर, ياقه صيني, ياقه صينيه, ياقه ماو
turtleneck: turtleneck, turtle neck, polo neck, roll neck, rollneck, cuello alto, cuello vuelto, col roule, rollkragen, gola alta, turtlenecks, roll necks, polo neck jumper, cuello de cisne, cuello tortuga, cuello cisne, col montant, col roulé, rolli kragen, gola rule, gola role, gola rolê, टर्टल नेक, हाई नेक स्वेटर, ياقه عاليه, رقبه عاليه, كول, هاي كول, هاي نك
high: high neck, highneck, high necked, mock neck, high-neck, high collar, cuello subido, cuello cerrado, hochgeschlossen, gola alta fechada, हाई नेक, बंद गला, قبه عاليه, band gala
boat: boat neck, boatneck, bateau, bateau neck, cuello barco, col bateau, u boot ausschnitt, boat-neck, cuello bote, escote barco, encolure bateau, u boot, decote canoa, gola canoa, बोट नेक
square: square neck, square neckline, cuello cuadrado, col carre, square-neck, escote cuadrado, decollete carre, encolure carree, karreeausschnitt, eckiger ausschnitt, decote quadrado, gola quadrada, स्क्वायर नेक, चौकोर गला, ياقه مربعه, رقبه مربعه, فتحه مربعه
halter: halter, halter neck, halterneck, halter top, cuello halter, dos nu halter, neckholder, frente unica, हॉल्टर
off-shoulder: off shoulder, off the shoulder, offshoulder, hombros descubiertos, epaules denudees, schulterfrei, ombro a ombro, off shoulders, off-shoulder, off the shoulders, off sholder, hombros caidos, hombros al aire, escote bardot, bardot, sin hombros, epaules nues, epaules degagees, carmen ausschnitt, ombro caido, ombro a mostra, ciganinha, ऑफ शोल्डर, اوف شولدر, مكشوف الاكتاف, كتف مكشوف
one-shoulder: one shoulder, asymmetric neck, one-shoulder, un hombro, un solo hombro, asymetrique epaule, une epaule, ein traeger, ombro so, um ombro so, वन शोल्डर, كتف واحد
sweetheart: sweetheart neck, sweetheart neckline, escote corazon, sweet heart, corazon, escote de corazon, encolure coeur, decollete coeur, herzausschnitt, decote coracao
scoop: scoop neck, scoopneck
cowl: cowl neck, cuello drapeado, wasserfallausschnitt, decote degage
collared: collar, collars, collar wala, collar wali, con cuello camisero, कॉलर, कॉलर वाला, بياقه, ياقه قميص, kragen, colarinho, cuello camisero
keyhole: keyhole neck
deep: deep neck, plunging, plunge neck, deep v, plunging neckline, plunge, escote profundo, escotado, decollete plongeant, tiefer ausschnitt, decote profundo, decotado, गहरा गला, gehra gala, فتحه عميقه
"""

STYLES = """
pleated: pleats, pleat, plisad(o|a), plissee, plisse, gefaltet, plissad(o|a), pleated wala, plisados, plisadas, plissees, plissierte, gefaltete, faltig, pregas, de pregas, pregueada, tablas, tableada, chunnat, चुन्नट, بليسيه, كسرات, بكسرات
boho: bohemian, boho chic, boho style, hippie, hippy, bohemio, bohemia, boheme, bohème, boemio, بوهيمي, बोहो
vintage: retro, retroo, antiguo estilo, 90s, 80s, 70s, y2k vintage, anos 90, annees 90, 90er, विंटेज, فينتاج, قديم ستايل
streetwear: street style, street wear, urbano, urban, estilo urbano, street, स्ट्रीटवियर, ستريت وير, streetstyle
classic: timeless, clasico, classique, klassisch, clasicos, clasicas, classiques, klassische, klassisches, klassischer, classico, classica, क्लासिक, كلاسيك, كلاسيكي, كلاسيكيه
minimalist: minimal, minimalistic, minimalista, minimaliste, minimalistisch, basico, basica, basicos, basique, basiques, basic, basics, schlichtes, मिनिमल, بسيط, بسيطه
elegant: elegante, classy, sophisticated, elegantes, elegants, elegantly, chique, fino, edel, edles, एलिगेंट, شيك, انيق, انيقه, راقي, راقيه, classy wala
sporty: athleisure, sportlich, sportliche, sportif, sportive, deportivo, deportiva, esportivo, esportiva, स्पोर्टी, سبورت, رياضي ستايل
ethnic: traditional, indian wear, ethnic wear, desi, ethnic wala, traditional wear, tradicional, traditionnel, traditionell, trachten, tracht, indian, indian outfit, desi style, paramparik, पारंपरिक, ट्रेडिशनल, एथनिक, देसी, تراثي, تراثيه, تقليدي, شعبي
western: western wear
indo-western: indo western, fusion
chic: chics, chique, schickes
cute: adorable, monono, mono lindo, mimi, suess, fofo, fofa, क्यूट, كيوت
sexy: sexi, hot look, heiss, heisses, سكسي, सेक्सी
trendy: fashionable, in trend, trend, de moda, a la moda, tendance, angesagt, na moda, estiloso, estilosa, modern, moderno, moderna, moderne, ट्रेंडी, मॉडर्न, مودرن, موضه, على الموضه
smart casual: smart casuals
business casual: business casuals
preppy: 
gothic: goth
y2k: 
korean: k style, korean style
ruffled: ruffle, ruffles, volantes, volants, rueschen, babados, frills, frilly, frill, con volantes, olanes, holanes, a volants, mit rueschen, rueschchen, de babados, babado, फ्रिल, كشكش, بكشكش, كرانيش
flared: flare, rodad(o|a|os|as), flowy, flowing, fluid, swing, flared wala, acampanado, acampanada, acampanados, evasee, evase, evasees, ausgestellt, ausgestellte, evase pt, flare wala, घेरदार, gherdar, gherwala, ghera, كلوش, شارلستون, bootcut
a-line: a line, a-line, linea a, linha a, a linie, trapeze, evase, ए लाइन
wrap: wrapped, wrap style, cruzado, cruzada, portefeuille, cache coeur, gewickelt, wickel, transpassado, transpassada, envelope, لف
asymmetric: asymmetrical
modest: pudico, recatado, recatada, pudique, zuechtig, comportado, comportada, शालीन, ساتر, ساتره, محتشم, محتشمه, مستور
plus size: plus sized, curvy, curve, grande taille, talla grande, tallas grandes, plus-size, plussize, tallas especiales, gordita, gorditas, curvy fit, grosse groessen, uebergroesse, grandes tailles, rondes, tamanho grande, tamanhos grandes, प्लस साइज, مقاسات كبيره, بلس سايز, big and tall, big & tall
petite: petites tailles, kurzgroesse, bajitas
maternity: pregnancy, premama, pregnant, embarazada, embarazadas, enceinte, femme enceinte, grossesse, schwanger, umstandsmode, umstands, gravida, gestante, gestantes, garbhvati, प्रेग्नेंसी, मैटरनिटी, حوامل, للحوامل, حامل
distressed: ripped, rasgad(o|a), rotos, rotas, desgastado, desgastados, con rotos, dechire, dechires, destroyed, zerrissen, zerrissene, ripped wala, destroyeds, phati hui, फटी, ممزق, مقطع
double-breasted: double breasted, cruzado doble, doble botonadura, croise, zweireiher, zweireihig, transpassado duplo
quilted: padded, acolchado, acolchada, matelasse, gesteppt, gesteppte, acolchoado, acolchoada, गद्देदार, مبطن, مبطنه
hooded: with a hood, with hood, con capucha, a capuche, mit kapuze, com capuz, con gorro, capucha, capuche, kapuze, capuz, hood, hood wala, topi wala jacket, हुड, بقبعه, بكبوشه, بطاقيه, كبوش
skater: 
three-piece: three piece, 3 piece, 3 pieces, tres piezas, 3 piezas, trois pieces, dreiteiler, dreiteilig, tres pecas, 3 pecas, थ्री पीस, ثلاث قطع, 3 قطع, 3pc, 3 pc
two-piece: two piece suit style
layered: capas layered, a capas, em camadas, estagado
draped: pre draped, pre-draped, ready to wear saree, drapeado, drapee, drapiert
fringed: fringe, fringes, flecos, franges, fransen, franjas
cut-out: cutout, cut outs, cutouts
cowboy: western, vaquero estilo, cowboy style
bermuda: 
wide leg: wide-leg, wide legs, pierna ancha, jambe large, weites bein, perna larga
"""

FEATURES = """
pockets: with pockets, pocket, bolsillos, poches, taschen dran, bolsos, jeb, pokets, pockit, side pockets, with pocket, con bolsillos, bolsillo, con bolsas, avec poches, avec des poches, mit taschen, taschen seitlich, seitentaschen, com bolso, com bolsos, bolso lateral, jeb wala, jeb wali, jebon, pocket wala, pocket wali, जेब, जेब वाला, जेब वाली, पॉकेट, جيوب, بجيوب, بجيب, فيه جيوب
waterproof: water proof, water resistant, impermeavel, wasserdicht, water-proof, rainproof, resistente al agua, impermeables, a prueba de agua, impermeable, deperlant, wasserfest, wasserabweisend, a prova d agua, वाटरप्रूफ, ضد الماء, مقاوم للماء, ووتر بروف
breathable: transpirable, transpirables, respirant, respirante, atmungsaktiv, atmungsaktive, respiravel, हवादार, hawadar, تهويه, قابل للتنفس
stretch: stretchy, stretchable, elastico stretch, elastizado, elasticado, extensible, stretchig, dehnbar, com elastano, stretch wala, स्ट्रेच, स्ट्रेचेबल, ستريتش, مطاطي, مطاط
comfortable: comfy, aaramdayak, comodo, bequem, confortable, comfi, comfort wala, comodos, comoda, comodas, comodito, comodita, confortables, bequeme, bequemes, bequemer, gemuetlich, confortavel, confortaveis, aaram, aaramdeh, आरामदायक, آرामदायक, مريح, مريحه
lightweight: light weight, light-weight, ligero, ligera, ligeros, ligeras, liviano, liviana, leger, legere, legers, legeres, leichte, leichtes, leichter stoff, leve, leves, levinho, levinha, halka fulka, halki phulki, हल्का फुल्का, خفيف, خفيفه, خفاف
warm: cozy, cosy, garam, abrigado, chaud, warmes, warme, warmer mantel, abrigadito, abrigada, abrigados, calentito, calentita, calientito, bien chaud, chaude, chaudes, chauds, kuschelig, kuscheliges, quentinho, quentinha, quente, quentes, garm, गर्म, गरम, دافي, دافئ, دافيه, يدفي
machine washable: machine wash, washable, lavable, lavable a maquina, lavable en machine, waschmaschinenfest, lavavel, मशीन वॉश
lined: fleece lined, con forro, forrado, forrada, double, doublee, gefuettert, gefuetterte, gefuettertes, forro, अस्तर, astar, بطانه, مبطنه, ببطانه
reversible: reversibles, wendbar, wendejacke, दो तरफा
backless: open back, low back, espalda descubierta, dos nu, rueckenfrei, open-back, backless wala, sin espalda, espalda abierta, espalda al aire, dos ouvert, rueckenfreies, rueckenausschnitt, costas nuas, costas abertas, decote nas costas, बैकलेस, مكشوف الظهر, ظهر مكشوف, ظهر مفتوح
zip: zipper, zippered, zip up, cremallera, reissverschluss, zips, con cremallera, con cierre, cierre, avec fermeture eclair, fermeture eclair, zippe, mit reissverschluss, com ziper, ziper, zíper, चेन वाली, ज़िप, سحاب, بسحاب, سوسته
buttons: buttoned, button front, con botones, botones, a boutons, boutons, mit knoepfen, knoepfe, geknoepft, com botoes, botoes, bataan, बटन, ازرار, بازرار
drawstring: cordon, kordelzug, cordao
eco-friendly: eco friendly, sustainable, organic, sostenible, durable et ecologique, nachhaltig, organico, organica, ecologico, ecologica, bio, ecologique, biologique, oeko, bio baumwolle, fair, fairtrade, vegan, vegano, sustentavel, sustentaveis, इको फ्रेंडली, صديق للبيئه, عضوي, organic cotton
quick dry: quick drying, dry fit, dri fit, dryfit, secado rapido, sechage rapide, schnelltrocknend, secagem rapida
wrinkle free: wrinkle resistant, no iron, non iron, no se arruga, que no se arrugue, infroissable, knitterfrei, buegelfrei, nao amassa, que nao amassa, wrinkle-free, crease free
side slit: slit, with slit, slits, high slit, thigh slit, leg slit, con abertura, abertura, con raja, fendu, fendue, schlitz, mit schlitz, com fenda, fenda, स्लिट, فتحه جانبيه, بفتحه
sequins: sequin, sequined, lentejuelas, paillettes, pailletten, sitara, sequins wala, con lentejuelas, lentejuela, paillete, a paillettes, mit pailletten, paete, paetes, com paete, सितारा, सितारे, सीक्विन, ترتر, بالترتر, لمعه, glitter, glittery, sparkly, shiny, brillos, brillante tela, brilho, glitzer, glitzernd, shimmery, shimmer wala
belted: belted, con cinturon, avec ceinture, mit guertel, com cinto
beaded: beaded, beads, pearls, perlas, perles, perlen, perolas, moti, मोती, لؤلؤ, لولو, خرز
padded shoulders: shoulder pads, hombreras
see-through: sheer, see through, transparente, transparent, durchsichtig, पारदर्शी, شفاف, شفافه
platform: platform, platforms, plataforma, plateforme, plateau
thermal: thermal, thermic
elastic waist: elastic waist, elastic waistband, elastic waist band, cintura elastica, taille elastique, gummibund
"""

GENDERS = """
women: woman, women, womens, womans, wmn, lady, ladies, female, females, mujer(|es), senora(|s), dama(|s), femme(|s), frau(|en), damen, mulher(|es), feminin(o|a), feminin, aurat, aurton, auraton, mahila, mahilaon, ladkiyon wali, महिला, महिलाओं, औरत, औरतों, لل(نساء|سيدات), نساء, نسائي, نسائيه, سيدات, behen, bahen, behan, bhabhi, maa, meri maa, meri behen, saheli, my wife, my girlfriend, my gf, my mom, my mum, my mother, my sister, for her, her birthday, meri biwi, wife, girlfriend, mom, mum, mother, mummy, mi esposa, mi novia, mi madre, ma femme, ma mere, meine frau, meine freundin, minha esposa, minha mae, womens wear, womenswear, woman s, feminin(a|as|o|os), chica(|s), muchacha(|s), senorita(|s), tia, tias, abuela, mi abuela, hermana, mi hermana, esposa, novia regalo, mama, madre, hija adulta, dona, donas, moca, mocas, menina mulher, namorada, mae, minha namorada, minha irma, irma, sogra, avo, minha avo, amiga, minha amiga, mi amiga, meuf(|s), nana, copine, ma copine, ma soeur, soeur, maman, ma grand mere, grand mere, belle mere, ma tante, tante, mere, amie, freundin, schwester, meine schwester, meine mutter, mutter, oma, meine oma, tochter erwachsen, damenmode, fuer sie, aunt, aunty, auntie, grandma, gran, granny, grandmother, nani, dadi, naani, daadi, didi, sis, sister, gf, fiancee, biwi, patni, mumma, amma, ammi, chachi, mausi, bua, saas, sasu maa, माँ, मां, मम्मी, बहन, दीदी, पत्नी, बीवी, भाभी, दादी, नानी, मौसी, बुआ, लेडीज, लेडीज़, गर्लफ्रेंड, सहेली, her, ladies wear, ladies wala, امي, لامي, ماما, لماما, اختي, لاختي, زوجتي, لزوجتي, مراتي, لمراتي, خطيبتي, لخطيبتي, حبيبتي, جدتي, حريمي, حريم, نسواني, ستاتي, بناتي, صاحبتي, للست, للمره, bride to be, hostess, dame, dames
men: man, mens, gents, guy, guys, male, males, gentleman, gentlemen, hombre(|s), caballero(|s), homme(|s), masculin(o|a), herren, mann, maenner, manner, maennlich, homem, homens, uomo, uomini, mard, mardon, aadmi, purush, पुरुष, पुरुषों, मर्द, आदमी, لل(رجال|رجل), رجال, رجالي, رجل, bhaiya, mere bhai, bhai ke liye, bhai ka, mere pati, mere papa, my husband, my boyfriend, my bf, my dad, my father, my brother, for him, husband, boyfriend, dad, father, papa, pati, mi marido, mi esposo, mi novio, mi padre, mon mari, mon copain, mon pere, mein mann, mein freund, meu marido, meu namorado, meu pai, mens wear, menswear, man s, chico(|s), muchacho(|s), varon(|es), tio, abuelo, mi abuelo, mi hermano, hermano, esposo, mi papa, padre, rapaz, rapazes, moco, marido, namorado, pai, papai, irmao, meu irmao, sogro, meu avo, amigo, mi amigo, meu amigo, mec(|s), gars, copain, mari, mon frere, frere, mon papi, grand pere, beau pere, oncle, pere, herr, kerl, kerle, typ, typen, bruder, mein bruder, mein vater, vater, opa, mein opa, herrenmode, fuer ihn, uncle, grandpa, grandad, granddad, grandfather, nana ji, dada ji, bro, brother, bf, fiance, groom, best man, groomsmen, groomsman, lad, lads, bloke, fella, bhai, bhaiyya, jija, jeeju, devar, patidev, chacha, mama ji, sasur, पापा, पिता, पिताजी, भाई, भैया, पति, दादा, नाना, चाचा, मामा, जेंट्स, बॉयफ्रेंड, दूल्हा, dulha, gents wala, hubby, hubs, ابوي, لابوي, ابويا, بابا, لبابا, اخوي, لاخوي, اخويا, اخي, لاخي, زوجي, لزوجي, جوزي, لجوزي, خطيبي, لخطيبي, حبيبي هديه, جدي, رجالى, شبابي, شباب, للشباب, والدي, لوالدي
girls: girl, bacchi, bachi, daughter, my daughter, nina(|s), fille(|s), maedchen, menina(|s), ladki, ladkiyon, beti, बेटी, लड़की, लड़कियों, لل(بنات|فتيات), بنات, girly kid, little girl, baby girl, my niece, niece, daughters, hija, mi hija, mi hijita, niñita, nena, nenas, sobrina, filha, minha filha, sobrinha, filhinha, fillette, ma fille, ma niece, petite fille, tochter, meine tochter, nichte, kleines maedchen, bitiya, gudiya, bhanji, bhatiji, बिटिया, बच्ची, बच्चियों, गर्ल्स, بنتي, لبنتي, بنوته, طفله, طفلتي
boys: boy, baccha, bachcha, son, my son, nino(|s), garcon(|s), jungen, jungs, menino(|s), ladka, ladke, ladkon, beta, बेटा, लड़के, لل(اولاد|صبيان), اولاد, little boy, baby boy, my nephew, nephew, sons, hijo, mi hijo, mi hijito, nene, sobrino, filho, meu filho, sobrinho, filhinho, garconnet, mon fils, fils, neveu, petit garcon, sohn, mein sohn, neffe, kleiner junge, bete, bhanja, bhatija, बच्चे, बच्चा, लड़कों, बॉयज़, ابني, لابني, ولدي, لولدي, ولادي, طفل, صبي, ولاد, للولاد, صبيان
unisex: gender neutral, genderless, any gender, both genders, unisexe, neutral, genderneutral, genderfluid, sin genero, para todos, pra todo mundo, beide, for both, यूनिसेक्स, للجنسين, يونيسكس, both men and women, men or women
"""

SORTS = """
price_asc: cheapest first, lowest price first, low to high, price low to high, sort by price, by price, lowest first, cheapest, sabse sasta, sabse saste, sabse sasti, sabse kam daam, mas barato primero, mas baratos primero, menor precio, de menor a mayor precio, moins cher d abord, prix croissant, moins chers d abord, guenstigste zuerst, billigste zuerst, preis aufsteigend, menor preco, mais barato primeiro, mais baratos primeiro, सबसे सस्ता, सबसे सस्ते, الارخص, الارخص اولا, ascending price, sort cheapest, lowest price, cheapest ones, cheapest ones first, cheapest 1st, least expensive, least expensive first, lowest to highest, lowest price 1st, price ascending, price low high, cheap first, cheap to expensive, budget first, low price first, los mas baratos, el mas barato, las mas baratas, la mas barata, lo mas barato, lo mas barato primero, primero lo mas barato, primero los mas baratos, primero las mas baratas, de barato a caro, de menor a mayor, precio de menor a mayor, precio ascendente, ordena por precio, ordenar por precio, ordename por precio, menor precio primero, por precio, le moins cher, les moins chers, les moins cheres, la moins chere, moins cher en premier, les moins chers en premier, du moins cher au plus cher, prix croissants, trie par prix, trier par prix, par prix, par prix croissant, am billigsten, billigste, billigsten, das billigste, die billigsten, die guenstigsten, das guenstigste, guenstigste, guenstigsten, billigstes zuerst, billig zuerst, guenstige zuerst, guenstigstes zuerst, nach preis, nach preis sortieren, preis von niedrig, niedrigster preis, aufsteigend nach preis, preis aufsteigend sortieren, mais baratas primeiro, o mais barato, os mais baratos, do mais barato, do mais barato ao mais caro, do mais barato pro mais caro, do menor preco, ordena por preco, ordenar por preco, por preco, menores precos, sabse sasta wala, sabse saste wale, sasta pehle, saste pehle, sasta wala pehle, saste wale pehle, sasti wali pehle, sabse kam price, sabse kam kimat, kam se zyada, kam se jyada, kam daam wale pehle, sasta se mehnga, saste se mehnge, सबसे सस्ता पहले, सबसे सस्ती, सस्ता पहले, सस्ते पहले, सस्ते वाले पहले, कम से ज्यादा, कीमत के हिसाब से, سعر من الاقل, من الاقل للاعلي, من الاقل سعر, من الارخص, من الارخص للاغلي, ارخص شي, ارخص شيء, ارخص حاجه, الارخص بالاول, الارخص اول, الاقل سعرا, حسب السعر, رتب حسب السعر, رتبهم حسب السعر, ارخص واحد, ارخص وحده, कम दाम पहले, कम कीमत पहले, कम दाम वाले पहले, kam daam pehle, kam price pehle, low price pehle, cheap pehle, price low, low budget pehle
price_desc: most expensive first, highest price first, high to low, price high to low, expensive first, de mayor a menor precio, mas caros primero, prix decroissant, plus chers d abord, teuerste zuerst, preis absteigend, maior preco, mais caros primeiro, sabse mehnga, sabse mehenga, الاغلى, priciest first, most expensive, priciest, dearest first, highest to lowest, highest price, expensive to cheap, high price first, los mas caros, el mas caro, primero lo mas caro, primero los mas caros, de mayor a menor, precio de mayor a menor, precio descendente, de caro a barato, le plus cher, les plus chers, du plus cher au moins cher, plus cher en premier, les plus chers en premier, par prix decroissant, das teuerste, die teuersten, teuerste, teuersten, hoechster preis, teures zuerst, nach preis absteigend, absteigend, do mais caro, do mais caro pro mais barato, do mais caro ao mais barato, mais caro primeiro, os mais caros, o mais caro, maiores precos, sabse mehnga pehle, sabse mehnge, mehnga pehle, mehnge pehle, mehnge wale pehle, zyada se kam, सबसे महंगा, सबसे महंगे, महंगे पहले, ज्यादा से कम, من الاعلي, من الاعلي للاقل, من الاغلي, من الاغلي للارخص, الاغلي اولا, الاغلي, اغلي شي
newest: newest first, newest, latest, latest first, new arrivals, new arrival, whats new, most recent, recent first, just in, new in, new ones, novedades, mas nuevo, mas nuevos, lo mas nuevo, nouveautes, plus recents, plus recent, neuste zuerst, neueste zuerst, neueste, neuheiten, novidades, mais recentes, mais novos, naya, naye, nayi, naya stock, naye wale, नया, नए, नये, الاحدث, الجديد, new first, newst, whats new in, newly arrived, new drops, new drop, fresh arrivals, fresh stock, latest ones, latest stuff, latest collection, new collection, most recent first, recently added, just arrived, just landed, recien llegados, recien llegado, lo ultimo, lo mas reciente, los mas nuevos, lo nuevo, lo nuevo primero, mas recientes, los mas recientes, nueva coleccion, nuevos ingresos, recien salidos, ultimas novedades, recien, derniers arrivages, les plus recents, les nouveaux, dernieres nouveautes, du plus recent, nouvelle collection, les nouveautes, neuste, das neueste, die neuesten, neuesten, neuestes, neu eingetroffen, neueingaenge, neue kollektion, neu zuerst, nach neuheit, lancamentos, os mais novos, mais novos primeiro, mais recente, mais recentes primeiro, recem chegados, nova colecao, chegaram agora, as novidades, naye pehle, naya pehle, naye wale pehle, nayi pehle, latest wala, latest wale, latest pehle, abhi aaya, abhi aaye, naya collection, नया कलेक्शन, नए पहले, सबसे नया, सबसे नए, लेटेस्ट, नवीनतम, الاحدث اولا, احدث, الجديد اولا, الاجدد, وصل حديثا, جديدكم, الجديد اول, من الاحدث, نزل جديد, جديد الموديلات, احدث الموديلات
rating: top rated, best rated, highest rated, highest rating, best rating, best reviewed, best reviews, by rating, sort by rating, mejor valorad(o|a|os|as), mejores valoraciones, mieux note, mieux notes, mieux notees, bestbewertet, best bewertet, beste bewertung, melhor avaliad(o|a|os|as), sabse achha rating, achhi rating, सबसे अच्छी रेटिंग, الاعلى تقييما, top ratings, highly rated, good ratings, best ratings first, ratings high to low, best reviewed first, mejor puntuad(o|a|os|as), mejor calificad(o|a|os|as), mejores valorad(o|a|os|as), los mejores valorados, mejor valoracion, mejores opiniones, mejores resenas, mejores calificaciones, con mejores opiniones, por valoracion, por calificacion, primero los mejores valorados, primero los mejor valorados, meilleures notes, meilleurs avis, les mieux notes, les mieux notees, mieux notes d abord, par note, par avis, beste bewertungen, bestbewertete, am besten bewertet, am besten bewertete, nach bewertung, nach bewertungen, gut bewertet, top bewertet, bestbewertetste, melhores avaliacoes, melhor avaliacao, mais bem avaliad(o|a|os|as), melhor avaliados primeiro, bem avaliad(o|a|os|as), por avaliacao, melhor nota, acchi rating, achi rating, achhi rating wale, acchi rating wale, achi rating wale, achi rating wale pehle, acchi rating wale pehle, zyada rating, zyada rating wale, high rating, high rating wale, best rating wale, top rating, top rating wale, sabse acche review, sabse zyada rating, rating ke hisab se, अच्छी रेटिंग, अच्छी रेटिंग वाले, टॉप रेटेड, रेटिंग के हिसाब से, ज्यादा रेटिंग, सबसे ज्यादा रेटिंग, اعلي تقييم, الاعلي تقييما, حسب التقييم, الافضل تقييما, تقييم عالي, تقييمه عالي, احسن تقييم, افضل تقييم, best ones first
discount: on sale, in sale, discounted, on discount, with discount, en oferta, en rebajas, rebajad(o|a|os|as), en promo, en solde, soldes, im angebot, em promocao, em oferta, biggest discount, highest discount, most discounted, best deals, best deal, best discount, by discount, mayor descuento, plus grosses promos, hoechster rabatt, maior desconto, sales, on offer, offers, deals, discounted ones, with offers, biggest discounts first, most off, rebajas, ofertas, en descuento, con descuento, de oferta, con rebaja, en promocion, descuentos, mayor rebaja, promos, en promotion, soldees, en soldes, bonnes affaires, reduites, en reduction, reduzierte, reduziert, im sale, sale artikel, rabattiert, angebote, runtergesetzt, herabgesetzt, hoechster rabatt zuerst, promocoes, em promo, ofertas primeiro, com desconto, maiores descontos, liquidacao, na promo, na promocao, em liquidacao, offer wale, offer mein, discount wale, discount mein, sale wale, sale mein, sabse zyada discount, chhoot wale, छूट वाले, सेल में, ऑफर वाले, ऑफर में, डिस्काउंट वाले, सबसे ज्यादा छूट, عليها خصم, عليه خصم, في العروض, عروض, تخفيضات, التخفيضات, اكثر خصم, اعلي خصم, خصومات, مخفض, مخفضه, بالتخفيضات, خصم, فيها خصم, discounts, angebot, reduziertes
popular: most popular, bestseller, bestsellers, best seller, best sellers, best selling, trending, mas vendid(o|a|os|as), mas popular, mas populares, plus populaires, meilleures ventes, beliebteste, meistverkauft, mais vendid(o|a|os|as), mais populares, sabse popular, popularity, most bought, الاكثر مبيعا, bestselling, top selling, top sellers, top seller, most loved, most liked, most wanted, in demand, everyone is buying, popular ones, popular first, hot selling, los mas vendidos, las mas vendidas, lo mas vendido, mas vendidos primero, los mas populares, lo mas popular, populares, mas pedidos, les plus vendus, les plus vendues, plus vendus, populaires, les plus populaires, meilleure vente, meistverkaufte, meistverkauften, am beliebtesten, beliebteste zuerst, beliebt, beliebte, nach beliebtheit, bestseller zuerst, verkaufsschlager, os mais vendidos, as mais vendidas, mais vendidos primeiro, mais procurados, mais pedidos, queridinhos, bombando, sabse zyada bikne wale, zyada bikne wale, sabse zyada bikne wala, popular wale, popular wale pehle, trending wale, jo sabse zyada bikta, सबसे पॉपुलर, लोकप्रिय, सबसे लोकप्रिय, सबसे ज्यादा बिकने वाले, पॉपुलर, ट्रेंडिंग, الاكثر شعبيه, الاكثر طلبا, رائج, ترند, الاكثر رواجا, اكثر مبيعا, اكثر شي مبيوع, المشهوره
"""

CADENCES = """
daily + daytime=morning: every morning, each morning, todas las mananas, cada manana, todas las manhas, todas as manhas, toda manha, chaque matin, tous les matins, jeden morgen, har subah, roz subah, हर सुबह, रोज सुबह, रोज़ सुबह, كل صباح, كل يوم الصبح, يوميا الصبح
daily + daytime=evening: every evening, each evening, chaque soir, tous les soirs, jeden abend, har shaam, roz shaam, हर शाम, रोज शाम, كل مساء
daily + daytime=night: every night, todas las noches, cada noche, toda noite
daily: every day, everyday, each day, once a day, roz, rozana, har roz, har din, diario, diaria, cada dia, todos los dias, chaque jour, tous les jours, quotidien, quotidienne, taeglich, jeden tag, diariamente, todo dia, todos os dias, रोज, रोजाना, हर दिन, يوميا, كل يوم, evry day, ever day, per day, daily basis, a diario correo, una vez al dia, une fois par jour, par jour, quotidiennement, quotidiens, taegliche, taeglicher, taegliches, einmal am tag, einmal taeglich, pro tag, uma vez por dia, por dia, din mein ek baar, roz ek baar, daily wala, har ek din, daily mail, हर रोज, रोज़, रोज़ाना, प्रतिदिन, दैनिक, डेली, दिन में एक बार, يومي ايميل, مره باليوم, مره في اليوم, يوميه نشره
weekly: every week, each week, once a week, hafte mein ek baar, har hafte, haftewari, semanal, cada semana, semanalmente, chaque semaine, toutes les semaines, hebdomadaire, woechentlich, jede woche, toda semana, हर हफ्ते, साप्ताहिक, اسبوعيا, كل اسبوع, evry week, per week, weekly basis, one time a week, 1x a week, once per week, una vez a la semana, una vez por semana, todas las semanas, a la semana, 1 vez por semana, semanales, une fois par semaine, hebdo, hebdomadaires, par semaine, 1 fois par semaine, chaque fin de semaine, einmal die woche, einmal pro woche, einmal in der woche, pro woche, woechentliche, woechentlicher, woechentliches, 1x die woche, uma vez por semana, uma vez na semana, todas as semanas, por semana, semanais, hafte me ek baar, hafte mein ek bar, hafte me 1 baar, hafte me ek bar, hafte mai ek baar, weekly wala, har week, har ek hafte, week mein ek baar, week me ek baar, saptahik, haftewaar, हफ्ते में एक बार, हफ़्ते में एक बार, हर हफ़्ते, वीकली, हर सप्ताह, सप्ताह में एक बार, مره بالاسبوع, مره في الاسبوع, مره كل اسبوع, كل اسبوع مره, اسبوعي, اسبوعيه, الاسبوعيه, الاسبوعي
monthly: every month, each month, once a month, har mahine, mensual, cada mes, chaque mois, mensuel, mensuelle, monatlich, jeden monat, mensal, todo mes, हर महीने, شهريا, كل شهر, evry month, per month, monthly basis, una vez al mes, mensualmente, todos los meses, al mes, mensuales, une fois par mois, mensuellement, tous les mois, par mois, einmal im monat, einmal pro monat, pro monat, monatliche, monatlicher, monatliches, uma vez por mes, uma vez ao mes, todos os meses, mensalmente, por mes, ao mes, mahine mein ek baar, mahine me ek baar, mahine me ek bar, monthly wala, har month, month me ek baar, maasik, masik, महीने में एक बार, मासिक, मंथली, हर माह, مره بالشهر, مره في الشهر, شهري, شهريه, الشهريه
alert: price drop, price drops, drops in price, drops below, goes on sale, price alert, when the price, if the price, when it goes, back in stock, baja de precio, baisse de prix, preisalarm, cai o preco, notify me when, alert me, tell me when, let me know when, let me know if, price falls, price goes down, gets cheaper, become cheaper, becomes cheaper, price comes down, back in, restock, restocked, in stock again, tell me if, notify me if, alert me when, alert me if, ping me when, ping me if, let me know as soon, as soon as, avisame cuando, avisame si, avisa cuando, me avisas cuando, cuando baje, cuando baje de precio, si baja, si baja de precio, baje el precio, cuando haya, cuando llegue, cuando este, bajan de precio, previens moi quand, previens moi si, previens moi des que, previenez moi, alerte moi, alerte prix, quand le prix baisse, si le prix baisse, baisse le prix, des que, quand ca baisse, sag bescheid wenn, sag mir bescheid, sag bescheid, gib bescheid, bescheid wenn, wenn der preis faellt, wenn es guenstiger, wenn die preise, benachrichtige mich, sobald, preis faellt, me avisa quando, me avise quando, avisa quando, avise quando, me avisa se, quando baixar, quando o preco cair, quando baixar o preco, se baixar, baixar de preco, quando chegar, quando tiver, jab price kam, jab daam kam, price kam ho, daam kam ho, sasta ho jaye, sasti ho jaye, jab sasta ho, jab sale lage, sale lage to, bata dena jab, batana jab, jab aaye to batana, जब दाम कम, कीमत कम हो, जब सस्ता, सस्ती हो जाए, बता देना जब, لما ينزل, لما تنزل, لما ينزل السعر, اذا نزل, اذا نزل السعر, عند نزول السعر, لما يرخص, لما توصل, نبهني, نبهوني, خبرني لما, خبروني لما, بلغوني لما, بلغني لما, اول ما, عند توفر, لما يتوفر, نبهني اذا
"""

DAYS = """
monday: mondays, lunes, lundi, montag, montags, segunda feira, somvar, somwar, सोमवार, الاثنين, los lunes, cada lunes, todos los lunes, chaque lundi, le lundi, lundis, jeden montag, am montag, segunda, toda segunda, as segundas, monday ko, har monday, सोमवार को, मंडे, كل اثنين, الاتنين, يوم الاتنين, اثنين يوم
tuesday: tuesdays, martes, mardi, dienstag, dienstags, terca feira, mangalvar, मंगलवार, الثلاثاء, tues, los martes, cada martes, le mardi, mardis, am dienstag, terca, toda terca, as tercas, tuesday ko, mangal, मंगल, ट्यूज़डे, التلاتاء, الثلاثا, ثلاثاء
wednesday: wednesdays, miercoles, mercredi, mittwoch, mittwochs, quarta feira, budhvar, बुधवार, الاربعاء, weds, los miercoles, cada miercoles, le mercredi, mercredis, am mittwoch, quarta, toda quarta, as quartas, wednesday ko, budh, बुध, वेडनेसडे, الاربعا, اربعاء
thursday: thursdays, jueves, jeudi, donnerstag, donnerstags, quinta feira, guruvar, गुरुवार, الخميس, thurs, thur, los jueves, cada jueves, le jeudi, jeudis, am donnerstag, quinta, toda quinta, as quintas, thursday ko, veerwar, brihaspativar, guruwar, बृहस्पतिवार, थर्सडे, خميس
friday: fridays, viernes, vendredi, freitag, freitags, sexta feira, shukravar, shukrawar, शुक्रवार, الجمعه, los viernes, cada viernes, le vendredi, vendredis, am freitag, sexta, toda sexta, as sextas, friday ko, shukra, juma, jumma, फ्राइडे, शुक्र, جمعه
saturday: saturdays, sabado, samedi, samstag, samstags, shanivar, shaniwar, शनिवार, السبت, los sabados, cada sabado, le samedi, samedis, am samstag, sonnabend, aos sabados, todo sabado, saturday ko, शनि, सैटरडे, سبت
sunday: sundays, domingo, dimanche, sonntag, sonntags, ravivar, raviwar, itwar, रविवार, الاحد, los domingos, cada domingo, le dimanche, dimanches, am sonntag, aos domingos, todo domingo, sunday ko, itvaar, itvar, संडे, इतवार, حد
"""

TIMES = """
morning: in the morning, mornings, subah, manana por la manana, por la manana, le matin, du matin, morgens, de manha, सुबह, صباحا, الصباح, mornin, am morning, in the mornings, subah subah, subha, savere, sawere, सवेरे, सुबह सुबह, de la manana, por las mananas, las mananas, en la manana, au matin, matins, am morgen, vormittags, frueh, pela manha, da manha, de manhazinha, as manhas, الصبح, صباح, بالصبح, matin, manha
afternoon: in the afternoon, dopahar, por la tarde, nachmittags, दोपहर, afternoons, de la tarde, por las tardes, en la tarde, l apres midi, apres midi, am nachmittag, nachmittag, a tarde, de tarde, da tarde, pela tarde, dopahar ko, दोपहर को, الظهر, بعد الظهر, العصر
evening: in the evening, evenings, shaam, sham ko, le soir, abends, शाम, مساء, المساء, evening time, sham, shaam ko, शाम को, al atardecer, en soiree, soir, am abend, abend, ao anoitecer, fim do dia, المسا, بالمسا, العشا
night: at night, raat, raat ko, por la noche, nachts, a noite, रात, nights, nightly, raat mein, रात को, por las noches, de la noche, en la noche, la nuit, nuit, in der nacht, de noite, da noite, بالليل, ليلا, الليل, noche, noite
"""

BRANDS = """
nike: नाइके, نايك, نايكي, नाइकी
adidas: addidas, adiddas, اديداس, एडिडास, अदिदास
puma: بوما, प्यूमा, पुमा
reebok: 
zara: ज़ारा, जारा, زارا
h&m: h and m, h & m, اتش اند ام, एच एंड एम, h m
uniqlo: 
levi's: levis, levi, ليفايز, लेवाइस, लेवीस
gap: 
mango: مانجو, مانغو
gucci: جوتشي, غوتشي, गुच्ची
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
shein: شي ان, شيان, शीन
forever 21: forever21
marks & spencer: marks and spencer, m&s
biba: बीबा
fabindia: fab india, फैब इंडिया, फैबइंडिया
w for woman: 
manyavar: मान्यवर
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
american eagle: american eagle, امريكان ايجل
defacto: defacto, ديفاكتو
lc waikiki: lc waikiki, ال سي وايكيكي, waikiki
river island: river island
topshop: topshop
primark: primark
c&a: c and a, c & a
springfield: springfield
desigual: desigual
renner: renner
riachuelo: riachuelo
sezane: sezane
petit bateau: petit bateau
s.oliver: s oliver, soliver
tom tailor: tom tailor
jack wolfskin: jack wolfskin
westside: westside
pantaloons: pantaloons
zudio: zudio
us polo: us polo assn, u s polo
red tape: redtape
campus: campus shoes
dior: ديور
chanel: شانيل
louis vuitton: louis vuitton
guess: guess jeans, جيس
"""

SOURCES = """
amazon: amazn, अमेज़न, امازون, amazon in, اماзон
flipkart: flip kart, फ्लिपकार्ट
myntra: मिंत्रा
ajio: 
meesho: मीशो
nykaa: nykaa fashion
shopify: 
etsy: 
ebay: 
zalando: 
noon: noon, نون
namshi: namshi, نمشي
mercado libre: mercadolibre, mercado libre, mercado livre
vinted: vinted
temu: temu, تيمو
aliexpress: aliexpress, ali express
el corte ingles: el corte ingles
tata cliq: tata cliq
shopee: shopee
"""

LANGUAGES = """
english: angrezi, ingles, anglais, englisch, अंग्रेजी, الانجليزيه, انجليزيه, انجليزي, الانجليزي, انجليش, inglesa, inglese, angreji, इंग्लिश, अंग्रेज़ी
hindi: हिंदी, हिन्दी, هندي, الهنديه, هنديه, hindustani, indio hindi
spanish: espanol, castellano, espagnol, spanisch, اسباني, الاسبانيه, اسبانيه, स्पेनिश, espanhol
tamil: tamil, tamizh, तमिल, التاميليه, تاميليه
telugu: telugu, तेलुगु
bengali: bengali, bangla, बंगाली, बांग्ला, bengalisch
marathi: marathi, मराठी
gujarati: gujarati, गुजराती
punjabi: punjabi, पंजाबी
urdu: urdu, उर्दू, الاورديه, اورديه, ourdou
kannada: kannada, कन्नड़
malayalam: malayalam, मलयालम
italian: italian, italiano, italien, italienisch, الايطاليه, ايطاليه
dutch: dutch, holandes, neerlandais, niederlaendisch, hollaendisch
russian: russian, ruso, russe, russisch, russo, الروسيه, روسيه
turkish: turkish, turco, turc, tuerkisch, التركيه, تركيه, تركي
chinese: chinese, mandarin, chino, chinois, chinesisch, chines, الصينيه, صينيه
japanese: japanese, japones, japonais, japanisch, اليابانيه, يابانيه
korean: korean, coreano, coreen, koreanisch, الكوريه, كوريه
french: frances, francais, franzoesisch, franzosisch, فرنسي, الفرنسيه, فرنسيه, फ्रेंच
german: aleman, allemand, deutsch, alemao, الماني, الالمانيه, المانيه, जर्मन, deutsche sprache
portuguese: portugues, portugais, portugiesisch, برتغالي, البرتغاليه, برتغاليه, पुर्तगाली, brasileiro
arabic: arabe, arabisch, العربيه, عربي, بالعربي, arabi, अरबी
"""

ATTRIBUTES = """
price: cost, costs, prices, coute, coutent, kostet, kosten, was kostet, custa, custam, cuesta, cuestan, vale cuanto, rate, how much, precio, prix, preis, preco, prezzo, cuanto cuesta, cuanto vale, combien, wie viel, wieviel, wie teuer, quanto custa, quanto costa, daam, dam, kimat, keemat, kitne ka, kitne ki, kitne me, kitne mein, kitna hai, कितने का, कितने की, कीमत, दाम, سعر, السعر, بكم, بكام, كم سعر, how much does, how much is, how much for, hw much, hows much, whats the price, price please, pricing, pricetag, price tag, what does it cost, costing, wats the price, cuanto sale, cuanto esta, a cuanto, a como, que precio, que vale, que precio tiene, precio de, combien ca coute, combien coute, c est combien, a combien, quel prix, ca coute, coute combien, quel est le prix, ca fait combien, was kosten, wieviel kostet, preis von, was wuerde, kostenpunkt, quanto e, quanto sai, quanto ta, quanto fica, qual o preco, qual o valor, valor, quanto vale, kitne ka hai, kitne ki hai, kitna price, kya price, price kya, price kya hai, price batao, rate kya hai, kya rate, kitne paise, kitne rupaye, kitne rs, kitne me milega, kitne mein milega, daam kya hai, daam batao, kitna padega, kitne ka padega, दाम क्या है, कितने रुपये, कितने का है, कितने की है, रेट, प्राइस, कितना पड़ेगा, بكام ده, بقديش, قديش, اديش, ايش سعره, كم سعره, كم سعرها, بكم هذا, بكم هذه, كم حقه, حقه كم, بكم الحبه, كم ثمنه, ثمن, ثمنه, سعره, سعرها, كم يكلف, كم بيكلف, تمنه, بكام دي
size: sizes, sizing, size chart, size guide, talla, tallas, taille, tailles, groesse, groessen, grosse, tamanho, tamanhos, naap, साइज, साइज़, مقاس, المقاس, مقاسات, available in, come in, comes in, which sizes, what sizes, any sizes, sizes available, sizes left, other sizes, true to size, run small, runs small, run big, runs big, run large, fits true, fit me, will it fit, would it fit, does it fit, will this fit, what size should i, which size should i, which size, what size, my size in, available size, que tallas, que talla, hay tallas, tallas hay, talla disponible, guia de tallas, que numero, me quedara, me va a quedar, me quedaria de talla, talla real, talla grande o, quelles tailles, quelle taille, quelle pointure, pointures, taille petit, taille grand, guide des tailles, ca taille, dispo en taille, welche groesse, welche groessen, welche groessen gibt, groessentabelle, faellt klein, faellt gross, faellt es, passt mir, ob es passt, wie faellt, que tamanhos, quais tamanhos, qual tamanho, que tamanho, tamanhos tem, tabela de medidas, medidas, veste pequeno, forma grande, forma pequena, vai servir, serve em mim, kaunsa size, konsa size, kya size, size kya, size kya hai, kaun se size, kaunse size, sizes kya, size milega, size mil jayega, size hai kya, size hai, size available, fit hoga, fit aayega, fit ayega, mujhe fit, size chart dikhao, naap kya, कौन सा साइज, कौन से साइज, साइज क्या, साइज मिलेगा, साइज़ मिलेगा, साइज है, फिट होगा, फिट आएगा, साइज चार्ट, नाप, اي مقاس, اي مقاسات, شو المقاسات, ايش المقاسات, المقاسات المتوفره, المقاسات, مقاسي موجود, في مقاس, فيه مقاس, متوفر مقاس, جدول المقاسات, يجي علي, يطلع كبير, يطلع صغير, قياسات
material: materials, fabric, cloth, made of, composicion, matiere, tissu, stoff, tecido, tela, kapda, kapde ka, कपड़ा, कपड़े, خامه, قماش, what is it made of, what material, which fabric, what fabric, which material, fabric is it, made from, made out of, is it cotton, is it silk, is it real, pure cotton hai, blend, lining, stretchable, itchy, itch, que material, de que material, que tela, de que esta hecho, de que es, de que esta hecha, de que tela, es de algodon, pica, quelle matiere, en quelle matiere, c est en quoi, quel tissu, de quoi, ca gratte, welches material, aus was, woraus, welcher stoff, material ist, stoff ist, kratzt, que tecido, qual tecido, qual o material, de que e feito, e de que tecido, composicao, feito de, kapda kaunsa, kaunsa kapda, kya kapda, kapda kya hai, kapda kaisa, fabric kya, fabric kya hai, fabric kaunsa, material kya, material kya hai, kis kapde, kis cheez ka bana, pure cotton hai kya, कपड़ा कौन सा, कौन सा कपड़ा, कपड़ा क्या, कपड़ा कैसा, फैब्रिक, मटेरियल, किस कपड़े, شو القماش, ايش القماش, نوع القماش, القماش, القماش ايش, خامته, خامتها, خامتو, الخامه, من ايش مصنوع, قماشها, قماشه, مصنوع من, ماده
care: machine washable, washable, hand wash, wash, washing, machine wash, how to wash, wash it, lavar, lavado, laver, lavage, waschen, lavagem, dhona, dhone, dho sakte, iron it, dry clean, غسيل, how to clean, how do i wash, how do i clean, can i wash, washing instructions, dry clean only, tumble dry, tumble, ironing, shrink, shrinks, bleed colour, color bleed, colour bleed, care instructions, se lava, como se lava, como lo lavo, lavar a maquina, se puede lavar, lavadora, se encoge, planchar, plancha, tintoreria, destine, ca se lave, comment laver, se lave comment, passe en machine, lavable, machine a laver, repasser, retrecit, pressing, waschen kann, wie waschen, waschbar, in die waschmaschine, waschmaschine, buegeln, reinigung, laeuft es ein, laeuft ein, trockner, como lavar, pode lavar, lava na maquina, lavar na maquina, maquina de lavar, encolhe, desbota, passar a ferro, kaise dhoye, kaise dhona, kaise dhoyen, dhulai, dhul sakta, dho sakte hain, machine me dho, machine mein, machine wash hai, rang nikalta, rang chodta, sikudta, press karna, धोना, धोएं, धोते, धो सकते, धुलाई, वॉश, मशीन में, ड्राई क्लीन, इस्त्री, रंग निकलता, يغسل, ينغسل, غسله, غسلها, كيف اغسل, كيف اغسله, كيف اغسلها, ازاي اغسله, بالغساله, الغساله, يكمش, ينكمش, كوي, تنظيف, धोने, धोने से, dhone se, rang jayega, रंग जाएगा, se destine, ausbleichen, farbe raus, como lava, lava como, como lavo
reviews: review, ratings, rated, what do people say, feedback from buyers, opiniones, resenas, avis, bewertungen, avaliacoes, रिव्यू, تقييم, تقييمات, any reviews, good reviews, what people say, people saying, feedback, rating of, how is it rated, reviews for, customer reviews, ratings of, opinan, que opinan, que dicen, comentarios, valoraciones, calificaciones, que tal las, resenas de, calificacion de, les avis, des avis, commentaires, avis clients, que disent, notes de, gut bewertet, wie bewertet, was sagen, meinungen, rezensionen, kundenmeinungen, kundenbewertungen, avaliacao, o que dizem, falam bem, opinioes, review kaise, reviews kaise, reviews kya, log kya kehte, log kya bolte, rating kya, kaisi rating, feedback kaisa, रिव्यूज, रिव्यू कैसे, रेटिंग क्या, लोग क्या कहते, समीक्षा, ايش يقولون, شو رايهم, تقييمه, تقييمها, التقييم, التقييمات, مراجعات, اراء, الاراء, تعليقات
delivery: shipping, ship, deliver, delivered, arrive, get here, envio, livraison, lieferung, versand, liefern, entrega, kab milega, kab aayega, kab tak aayega, डिलीवरी, توصيل, شحن, how soon, how long to ship, how long for delivery, delivery time, ships to, ship to, deliver to, delivery to, delivery date, free shipping, shipping cost, shipping fee, delivery charge, delivery charges, postage, arrives, dispatch, cuando llega, cuando me llega, cuanto tarda en llegar, tarda en llegar, llega a, envian a, hacen envios, gastos de envio, costo de envio, envio gratis, tiempo de entrega, cuanto demora en llegar, entregan, quand arrive, livre quand, delai, delais, livre en combien, frais de port, livraison gratuite, livrez vous, recu quand, arrive quand, expedition, wann kommt, wann ist es da, wie lange lieferzeit, lieferzeit, versandkosten, liefert ihr, wird geliefert, versendet, kommt an, ankommt, quando chega, chega quando, prazo, prazo de entrega, frete, frete gratis, entrega em, demora pra chegar, demora para chegar, enviam para, kab tak milega, kab tak mil jayega, kitne din, kitne din me, kitne din mein, delivery kab, kab deliver, delivery kab tak, kab pahunchega, pahunchega, delivery charge kitna, shipping free, kab tak pahunch, free delivery, डिलीवरी कब, कब मिलेगा, कब तक मिलेगा, कब तक आएगा, कितने दिन, कितने दिन में, पहुंचेगा, शिपिंग, متي يوصل, متي توصل, كم يوم, يوصل, توصلون, توصيله, التوصيل, الشحن, رسوم التوصيل, بيوصل, هيوصل امتي, امتي يوصل, امتى, توصل, بتوصل, الوصول, وصوله
returns: return, return policy, refund, exchange, devolucion, devoluciones, devolver, retour, retours, rueckgabe, umtausch, devolucao, trocar, wapas, vapas, वापस, ارجاع, استرجاع, returnable, send it back, send back, give it back, money back, can i return, return it, return this, refundable, exchangeable, exchange it, exchange possible, swap size, devolverlo, devolverla, se puede devolver, puedo devolver, cambios y devoluciones, cambiarlo, cambiarla, reembolso, politica de devolucion, retourner, renvoyer, rembourse, remboursement, echanger, echange, peut on retourner, le rendre, zurueckgeben, zurueckschicken, umtauschen, retournieren, retoure, zuruecksenden, geld zurueck, rueckerstattung, trocar depois, posso trocar, posso devolver, da pra trocar, da pra devolver, politica de troca, return ho, return hoga, return kar, return policy kya, wapas kar, wapas ho, vapas kar, badal sakte, exchange ho, exchange kar, refund milega, वापस कर, वापस हो, वापसी, रिटर्न, एक्सचेंज, रिफंड, बदल सकते, ارجعه, ارجعها, ارجاعه, ارجاعها, ترجيع, استبدال, استبدله, يرجع, ينرجع, تبديل, ابدله, الاسترجاع, سياسه الارجاع, فلوسي
brand: what brand, which brand, brand is, whats the brand, who makes, que marca, de que marca, quelle marque, welche marke, qual marca, kaunsa brand, konsa brand, kis brand, kaun si company, कौन सा ब्रांड, किस ब्रांड, شو الماركه, ايش الماركه, اي ماركه, ماركه ايش
color: what colors does, what colours does, which colors, which colours, what other colors, other colors, other colours, available colors, available colours, que colores, en que colores, otros colores, quels coloris, quelles couleurs, autres couleurs, autres coloris, coloris, welche farben, andere farben, welchen farben, que cores, quais cores, outras cores, outra cor, kaunse color, kaun se color, kaunse rang, kaun se rang, aur color, aur colour, dusre color, dusra color, dusre rang, कौन से रंग, और रंग, दूसरे रंग, شو الالوان, ايش الالوان, الوان ثانيه, الوان تانيه, الوانه, لون ثاني
availability: do you have it, still available, is it available, sold out, out of stock, available hai, milega kya, bacha hai, agotado, queda alguno, quedan, epuise, encore disponible, ausverkauft, noch da, noch verfuegbar, esgotado, ainda tem, अभी है, मिलेगा क्या, خلص الكميه, لسه موجود, لسا موجود, باقي منه, متوفر
"""

STOCK = """
true: in stock, instock, available now, are available, is available, available, availability, en stock, hay stock, haya stock, con stock, stock disponible, disponible, disponibles, que haya, que tengan, que tengas, en existencia, dispo, disponibel, en rayon, auf lager, lagernd, vorraetig, vorratig, lieferbar, verfuegbar, verfuegbare, sofort lieferbar, em estoque, em stock, disponivel, disponiveis, tem em estoque, pronta entrega, stock me, stock mein, stock me hai, available hai, available ho, jo available, stock wale, स्टॉक में, उपलब्ध, अवेलेबल, متوفر, متوفره, المتوفر, المتوفره, متاح, متاحه, موجود حاليا
"""
