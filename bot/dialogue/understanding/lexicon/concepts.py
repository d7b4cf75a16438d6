"""Notions that many words of many languages stand for, and what they mean together in whatever order.

A word of NOTIONS may end in a star (`delet*`) and then stands for all its endings, so one line serves the forms of a
verb. A line of RULES names an intent (with slots behind a `+`) and the notions that must all be there: `a|b` is one
of them, `!a` is none. Notions in capitals are no words: they say what else the message and its context hold
(`intents.py` lists them). The first rule that fits decides.
"""

NOTIONS = """
delete: delet*, eras*, wipe*, dlt, borr(a|ar|ame|alo|ala|alas|alos|e|en|es), elimin*, supprim*, effac*, loesch*, losch*, geloescht, entfern*, apag(a|ar|ue|uem|ado), exclu(a|i|ir|am|indo), delet*, hata*, mita*, mita, nikal*, nikaal*, हटा*, मिटा*, डिलीट, निकाल*, (|ا|ت|ي)حذف*, (|ا|ت|ي)مسح*, شيل*, (|ا)زيل*, (|ا)زل
remove: remove*, removing, take, quit(a|ar|ame|alo|ala|e|en|atelo), saca*, sacar*, enlev*, retir*, retire*, tir(a|ar|e|em|ando), weg, raus, rausnehmen, streich*, unsave, drop
photo: photo*, اصور نفسي, اتصور, pic, pics, picture*, img*, image*, foto*, fotografi*, selfie*, bild, bilder, bilds, imagem, imagen*, imagens, tasveer, tasvir, फोटो*, तस्वीर*, पिक, सेल्फी, صوره, صورتي, صوري, الصوره, صورته, صور, الصور, بصورتي, بصوره, لصورتي, صورتك
data: data, daten, datos, dados, donnees, info, informations, informationen, informacion, informacoes, account, konto, compte, cuenta, conta, everything, history, details, डेटा, डाटा, जानकारी, खाता, अकाउंट, بيانات*, بياناتي, معلوماتي, معلومات, حساب*, حسابي, khata
everything: everything, todo, tudo, tout, alles, sab, sabkuch, saara, all, सब, सारा, كل, كلشي
mine: my, mine, me, mi, mim, mis, mio, mia, moi, mon, ma, mes, mein, meine, meinen, meiner, meinem, meines, mich, mir, meu, meus, minha, minhas, mera, meri, mere, mujhe, मेरा, मेरी, मेरे, मुझे, بياناتي, صوري, صورتي, حسابي, عني, عندكم, مقاسي, مقاساتي, ميزانيتي, مني
mail: mail, mails, email, emails, e-mail, emailing, mailing, courriel, courriels, correo, correos, newsletter*, digest*, inbox, boletin, boletines, boletim, rundmail*, resumen, resumo, resume, recap, ईमेल*, मेल, मेल्स, डाइजेस्ट, न्यूज़लेटर, न्यूजलेटर, ايميل*, الايميل*, بريد*, البريد*, رسائل*, الرسائل*, نشره, النشره, بالبريد, بالايميل, لايميلي, بالميل, الميل, mailbox, postfach
stop: stop*, paus*, enough, quit, unsubscribe*, unsub, halt, stopp*, arret*, pare, parad, parar, para de, para con, deja de, dejen, basta, band, bandh, mat, no more, plus de, keine, kein, schluss, abbestell*, abmeld*, desuscrib*, desinscr*, desabon*, cancel*, annul*, chega, suspend*, baja, roko, rok, ruk*, बंद, मत, रोक*, रोको, اوقف*, وقف*, الغ, الغي, الغاء, ايقاف, بطل*, كفايه, بلاش, pausieren, paral*, paren, detene*, detengan, abort*, brich, abbrech*, arretez, cesse, pare com, interromp*, انهي, لا تكمل
send: send*, sent, shoot, forward, mail me, envia*, enviem, envoi*, envoy*, schick*, send*, mand(a|ame|amelo|amela|ar|e|em|amelos|amelas|en), remit*, bhej*, bhejna, भेज*, (|ا|ت|ي)رسل*, (|ا|ت|ي)بعت*, ابعث*, ودي, حول, reenvi*
recur: subscri*, suscri*, abonn*, inscri*, abonnier*, abo, assin*, sign, sub, posted, notify, alert*, avis(a|ame|ar|e|eme|em|en), prevenez, previens, benachrichtig*, regelmaessig, melde, sag bescheid, bescheid, सब्सक्राइब, सूचना, اشترك*, اشتراك*, نبهني, نبهوني, نبه*, خبرني, خبروني, اعلمني, نبيه, notifica*, notifie*, alerta*, alerte*, me avisa, me avise, khabar, batana
saved: wishlist*, wish list, favourites, favorites, favs, faves, fav, favorit*, favoris, favoritos, favoritas, guardad*, saved, salv(o|os|ei|as), guardei, guarde, guardados, coups, coup de coeur, coeurs, bookmarked, bookmarks, shortlist, enregistres, sauvegardes, sauvegardees, gespeichert*, gemerkt*, merkliste, wunschliste, wunschzettel, merkzettel, lista de desejos, lista de deseos, favorites, liste d envies, liste de souhaits, विशलिस्ट, पसंद की हुई, पसंद किए हुए, पसंद किए, pasand kiye, pasand ki hui, pasand kiye hue, like kiye, liked, पसंदीदा, फेवरेट*, सेव, المفضله, مفضله, مفضلتي, بالمفضله, للمفضله, محفوظات*, المحفوظ*, حفظتها, حفظته, حافظهم, حافظها, حفظت, المفضلات, خزنت*, pasandida
put: add, put, stick, pop, chuck, throw, move, keep, save, bookmark, pin, anad*, agreg*, met, mets, mettre, ajout*, pon, ponlo, ponla, ponme, mete, metelo, guard(a|ar|alo|ala|ame|amelo|amela|alos|e|o|en|emos), conserv*, garde, gardez, gardes, garder, enregistre, enregistrer, sauvegarde, merk, merke, merken, speicher, speichere, speichern, speicherst, pack, packe, leg, lege, tu, setz, setze, bota, coloca*, poe, poem, adiciona*, salva, salve, salvar, guarda, guarde, daal*, dal, dalo, daldo, rakh*, जोड़*, डाल*, रख*, सेव, اضف, ضيف*, اضيف*, حط*, حطي, احفظ*, خزن, خلي, خليه, خليها, احتفظ
show: show*, see, view, list, open, where, check, what, which, display, ver, veo, muestr*, muestra, ensena*, abre, donde, que, voir, montr*, affich*, ouvr*, ou, quels, zeig*, oeffne*, wo, was, anzeigen, sehen, mostr*, abr(e|ir|a), onde, quais, dikha*, dekh*, kahan, kaha, kya, दिखा*, देख*, कहां, कहाँ, क्या, खोलो, (|ا|ت|ن)عرض*, وريني, ورني, فرجيني, فرجني, وين, فين, اين, اشوف, شوف, ايش, شو, افتح, (|ا)رني
try: try, tryin, trying, tryon, tried, wear, wearing, pehn*, pehen*, pehan*, pahan*, pehna*, prob(ar|arme|armelo|armela|arlo|arla|arlos|arlas|ame|amelo|arlo|emos|aria|arte), prueb*, pongo, essay*, essai*, enfil*, anprobier*, probier*, anzieh*, angezogen, ueberzieh*, anhaben, experiment(ar|a|o|e|ei|amos|am|aria|alo|a-lo), prov(ar|a|o|e|ei|aria), vest(ir|e|ia|irme|ida|indo), पहन*, पहना*, ट्राई, ट्राय, (|ا|ت|ي|ن)جرب*, (|ا|ت|ي|ب|ن)لبس*, لبسني, لبسيني, قيس*, اقيس*, قياس, ركب*, ركبي, (|ا|ت)قيس*
dress: put, place, slap, throw, ponme, ponmelo, ponmela, ponlo, ponla, pon, ponte, poner, met, mets, mettre, mettez, montre, montrer, zieh, bota, coloca*, poe, veste, laga*, lagao, pehna*, लगा*, लगाओ, ركب*, حط*, حطي, حطها, حطه, عرض*
on_me: mujhpe, mujhpar, an mir, auf mir, on me, on myself, on my (photo|pic|picture|body|self|selfie), in my (photo|pic|picture|selfie), over me, mere upar, mere pe, mujh pe, mujh par, meri photo pe, meri photo par, meri pic pe, meri tasveer pe, apne upar, apni photo pe, en mi, en mi foto, sobre mi, en mi cuerpo, encima, sur moi, sur ma photo, sur mon corps, dessus, auf mein(em|) foto, auf meinem bild, auf mein bild, bei mir, em mim, na minha foto, no meu corpo, ne mim, मुझ पर, मुझपर, मेरे ऊपर, मेरी फोटो पर, मेरी तस्वीर पर, علي, عليا, عليي, على صورتي, علي صورتي, علي جسمي, بصورتي, فيني, في صورتي
looks: look, looks, looking, see, aussieht, aussehen, aussehe, sieht, se ve, se veria, veo, verme, me veria, queda, quedaria, quedan, rend, rendrait, irait, va, donne, fica, ficaria, ficar, ficava, lagega, lagegi, lagunga, lagungi, dikhega, dikhunga, dikhungi, dikhta, dikhti, लगेगा, लगेगी, दिखेगा, दिखूंगा, दिखूंगी, लगूंगी, लगूंगा, شكلي, يطلع, تطلع, بيطلع, شكلها, شكله, اشوفها, اشوفه, اشوف, يبان, تبان
how: how, kaise, kaisa, kaisi, como, comment, wie, कैसे, कैसा, कैसी, كيف, ازاي, شلون, كيفيه
work: work, works, working, function*, funktionier*, marche, fonctionne*, kaam, chalta, chalti, geht, काम, يشتغل, تشتغل, بيشتغل, شغال, يعمل, تعمل
ability: can you do, can you, could you do, you do, able to, abilities, capable, puedes hacer, sabes hacer, haces, peux, sais, sais faire, kannst, koennen, kannste, koenntest, pode, podes, sabe, consegue, fazer, faz, kar sakte, kar sakti, kar sakta, kya karte, kya karti, aata hai, कर सकते, कर सकती, करते, تقدر, تقدري, بتعرف, تعرف, تسوي, تعمل, تفعل
what: what, wat, whats, kya, kyaa, que, quoi, was, oque, o que, क्या, ماذا, ايش, شو, ايه, ما, وش
you: you, u, ya, du, tu, vos, ihr, sie, vous, voce, vc, ces, aap, tum, tu, आप, तुम, انت, انتي, انتم, bot
private: safe*, secure, private, privacy, confidential*, keep, keeps, kept, keeping, store, stores, stored, storing, save them, share, shared, sharing, leak*, sell, who, whos, happens, steal, misuse, trust, guarda*, guardan, guardas, conservan, almacen*, comparten, ven, ve, ensenan, segur*, privac*, privad*, qui, gardez, gardes, garder, stock*, conserv*, partag*, securi*, confidenti*, vie privee, prive, speichert, speicherst, sicher, datenschutz, passiert, weitergegeben, behaltet, behaeltst, dsgvo, wer, aufbewahr*, verkauft, armazen*, compartilh*, guardam, quem, veem, vazar, vaza, surakshit, safe, store, kaun, rakhte, rakhoge, sambhal*, surakshit, misuse, सुरक्षित, सेफ, कौन, रखते, محفوظه, امان, امنه, آمنه, خصوصيه, الخصوصيه, تحتفظ*, بتحتفظ*, يشوف, بيشوف, مين, تخزن*, بتخزن*, تشارك*, سريه, do you do with, does it do with, will you do with, happens with, que haces con, que hacen con, que hace con, fais tu de, faites vous de, faites vous avec, fais tu avec, machst du mit, macht ihr mit, machen sie mit, voce faz com, voces fazem com, kya karte ho, kya karti ho, kya karoge, kya hota hai, क्या करते हो, क्या करते हैं, क्या करोगे, क्या होता है, تفعل ب, تفعلون ب, تعملون ب, بتعملو, تسوون, تسوي ب, بتعمل ايه, faites quoi avec, fais quoi avec, arrive a ma, arrive t il, devient, acontece, acontecem, usam, usa para, passa com, pasa con, تفعل, تفعلون, تعملون, تسوي, تسوون, بتعمل, بتعملوا, يحدث, يصير, होता है, pictures go, photos go, photo go, fotos landen, vont mes photos, van mis fotos, vao minhas fotos
upload: upload*, send, attach, subir, subo, subes, cargar, cargo, mando, envio, mandar, enviar, envoie, envoyer, mettre, charger, telecharger, ajouter, hochlad*, lade, laden, schicke, schick, sende, anhaengen, envio, mandar, mando, anexar, carrego, carregar, bhej*, bheju, bhejun, daal*, dalu, upload, अपलोड, भेजूं, भेजना, भेजे, डालूं, (|ا|ن)رفع*, ارسل*, احمل, ابعت*, حمل, احط
place: where, how, donde, como, ou, comment, wo, wie, onde, kahan, kaha, kaise, कहां, कहाँ, कैसे, وين, فين, اين, كيف, ازاي
old: old, older, previous, earlier, last, same, before, prior, first, original, anterior, anteriores, vieja, antigua, misma, ultima, pasada, primera, ancienne, precedente, avant, meme, derniere, dernier, alte, altes, alten, vorherige*, vorige*, gleiche, selbe, letzte*, zuletzt, antiga, passada, mesma, velha, purani, purana, pichli, pichla, pehle, pehli, wahi, wali purani, पुरानी, पिछली, पहले, वही, القديمه, السابقه, نفس, الماضيه, قديمه, الاولي, اللي قبل
new: new, another, other, diff, different, fresh, change*, changing, swap*, switch*, replace*, updat*, wrong, retake, cambi*, otra, nueva, distinta, reemplaz*, actualiz*, chang*, remplac*, autre, nouvelle, modifi*, anderes, neues, neue, andere, wechsel*, aender*, tausch*, ersetz*, austausch*, troc(ar|a|o|ando|ou|quei|que)*, troque*, mudar, muda, mudei, outra, nova, substitu*, alter(ar|a|o), badal*, badl*, nayi, naya, nai, dusri, doosri, alag, change, बदल*, नई, दूसरी, नयी, (|ا|ت|ي|ن)غير*, (|ا|ت|ي|ن)بدل*, تغيير, جديده, ثانيه, غيرها
use: use, using, go, take, usa*, usar, utiliz*, utilis*, prend*, prends, nimm, nehmen, benutz*, nutz*, verwend*, karo, kar, lo, rakho, chalega, chalegi, करो, लो, रखो, استخدم*, استعمل*, خذ, حط, volta, vuelve, reviens, zurueck, back, recupera, remets
wait: long, longer, much, time, ready, done, finish*, complete*, status, progress, waiting, taking, still, yet, eta, stuck, loading, update, minutes, falta, faltan, tarda, tardas, tardara, listo, lista, demora*, demor*, queda, terminaste, acabo, pret, prete, fini, longtemps, termine, avance, reste, attends, attend, dure, fertig, dauert, lange, lang, noch, weit, bald, soweit, pronto, pronta, terminou, acabou, tempo, carregando, vai, kitna, kitni, der, time, tak, hogaya, bana, bani, tayyar, taiyar, ready, lag, lagega, तैयार, देर, कितना, कितनी, समय, टाइम, बना, हुआ, खلص*, خلص*, خلصت, خلصتي, جاهز*, جاهزه, لسه, لسا, وقت, باقي, يطول, مطول, مطوله, بعد, متي, متى, صار, خالص
again: again, redo*, rerun, retry*, over, regenerate, repeat, rework, reintent*, repet*, repit*, vuelv*, nuevo, rehaz, recommenc*, refai*, refais, relanc*, reessa*, encore, nochmal*, erneut, wiederhol*, neu, versuch, refaz*, refaca, repita, tenta, tente, dobara, dubara, firse, phirse, phir, fir, wapas, दोबारा, दुबारा, फिर, اعد, عيد, عيدي, اعاده, اعيد, كرر, ثاني, تاني, مجددا
compare: compar*, confront*, versus, vs, vergleich*, diff, difference*, differen*, diferen*, unterschied*, tulna, farak, fark, antar, तुलना, फर्क, फर्क़, अंतर, (|ا|ن|ت)قارن*, مقارنه, الفرق, فرق, compair, contrast
like: similar*, similaire*, semelhant*, parecid*, igualit*, igual, alike, resembl*, ressembl*, aehnlich*, milta, milte, aisa, aise, aisi, jaisa, jaise, jaisi, waisa, waisi, vaisa, ऐसा, ऐसी, ऐसे, जैसा, जैसी, जैसे, شبيه, يشبه, تشبه, شبه, شبهه, مشابه, مشابهه, مثل, زي, زيه, زيها, مثله, مثلها, sorta, mesma pegada, nessa pegada, na mesma linha, misma onda, del estilo, nesse estilo, en ese estilo, de ese estilo, dans ce style, same style, that style, this style, that vibe, same vibe, por el estilo, dans le genre, in der art, in dem stil, tipo, متل, متله, متلها
buy: buy*, bought, purchas*, order*, checkout, cart, link, compr(ar|o|arlo|arla|arme|alo|ala|ame|e|aria|ando|a), pedir, pido, llevo, carrito, enlace, achet*, achat, command*, panier, lien, kauf*, bestell*, warenkorb, link, encomend*, levo, levar, carrinho, khareed*, kharid*, mangwa*, mangao*, order, लिंक, खरीद*, ऑर्डर, मंगवा*, मंगा*, (|ا|ت|ي|ن)شتري*, شراء, (|ا|ن|ت)طلب*, رابط*, لينك, اللينك, السله, للسله, الرابط
suit: suit, suits, suited, match*, goes, go, pair*, combin*, conjunt*, favorece, sienta, queda, quedaria, va, vont, irait, iraient, assorti*, convient, conviendrait, passt, passen, steht, stehen, kombinier*, combina, cai, cairia, orna, jach*, jam*, jamega, suit, sutega, janchega, janchta, मेल, जंच*, सूट, (|ي|ت)ناسب*, (|ي|ت|ب)ليق*, بيليق, لايق, يمشي, تمشي
advise: recommend*, recomien*, recomend*, suger*, suggest*, suggest, advise, advice, advis*, aconsej*, conseil*, empfiehl*, empfehl*, rat, raet, raten, tipp, tipps, tips, salah, sujhav, raay, rai, opinion, opinione, opin*, meinung, avis, penses, meinst, denkst, findest, crees, piensas, achas, acha, acham, think, honest, honestly, thoughts, सलाह, सुझाव, राय, رايك, رأيك, تنصح*, بتنصح*, انصح*, نصيحه, اقتراح, تقترح*
bad: hideous, ugly, awful, terrible, horrible, horrid, dreadful, gross, ew, eww, yuck, yikes, nah, fake, weird, odd, strange, creepy, off, wonky, blurry, blurred, fuzzy, pixelated, distort*, warped, stretched, melted, messed, mess, botched, broken, wrong, bad, rubbish, crap, trash, garbage, shit, sucks, suck, disappoint*, useless, stupid, dumb, annoying, unflattering, frumpy, boring, meh, cheap looking, tacky, clown, feo, fea, horrib*, horror, fatal, mal, malo, mala, rar(o|a|isimo|isima), borros*, asco, espant*, basura, deform*, torcid*, moche*, laid*, affreu*, horrible, rate*, floue*, bizarre, nul, nulle, pourri*, deform*, degueu*, bof, catastroph*, haesslich*, schlimm, furchtbar*, schrecklich*, grauenhaft*, komisch*, unscharf, verzerrt, verschwommen, schlecht*, daneben, kacke, scheisse, mies, bloed*, doof, horriv*, feio*, feia, ruim, pessim*, estranh*, esquisit*, bizarro, borrad*, tort*, errad*, zoad*, bugad*, bekar*, bakwas*, ganda, gandi, kharab, ghatiya, bura, buri, bigad*, ajeeb, galat, tedha, tedhi, wahiyat, bhadda, बेकार, खराब, गंदा, गंदी, अजीब, बुरा, बुरी, धुंधल*, बिगड़*, घटिया, गलत, भद्दा, سيء*, سيئ*, قبيح*, بشع*, غريب*, وحش*, زفت, خربان*, مشوه*, مشوش*, مغبش*, فظيع*, غبي*, زباله, خايس*
body: face, faces, hand, hands, finger, fingers, arm, arms, leg, legs, neck, head, hair, shoulder*, skin, body, sleeve, sleeves, length, colour, color, cara, rostro, mano, manos, brazo*, pierna*, cuello, cabeza, pelo, cabello, hombro*, dedos, visage, tete, main, mains, bras, jambes, cou, cheveux, epaules, doigts, gesicht, hand, haende, arme, beine, hals, kopf, haare, schultern, finger, rosto, mao, maos, braco*, perna*, pescoco, cabelo, ombros, dedos, comprimento, chehra, chehre, muh, haath, baal, gala, pair, चेहरा, हाथ, बाल, गर्दन, मुंह, الوجه, وجهي, وجه, وشي, اليد, يدي, ايدي, اليدين, الايدين, شعري, رقبتي, الكم, الطول, الذراع
good: great, good, nice, lovely, love*, amazing, awesome, perfect*, beautiful, gorgeous, stunning, fab*, fantastic, fire, slay*, sick, dope, lit, wow, omg, obsess*, cute, pretty, brilliant, excellent, superb, spot on, stunner, encant*, gust*, bonit*, lind*, genial, precios*, hermos*, divin*, perfect*, increible, espectacular, guap*, brutal, chido, chula, chulo, padrisimo, buenisim*, mola, flipa*, lujo, joya, belle, beau, magnifi*, superbe*, sublime, canon, parfait*, trop, top, adore*, kiffe*, genial*, jolie, joli, toll*, super, schoen*, wunder*, perfekt*, klasse, hammer, geil*, mega, traum*, hervorragend*, prima, liebe, stark, otim*, lind*, perfeit*, maravilh*, amei, adorei, gostei, arras*, show, top, gat*, incrivel, divo, diva, mast, badhiya, zabardast, jabardast, kamaal, sundar, khoobsurat, jhakaas, ekdum, sahi, shandar, shaandar, lajawab, gazab, dhansu, pyara, pyari, मस्त, बढ़िया, सुंदर, शानदार, कमाल, लाजवाब, ज़बरदस्त, प्यारा, प्यारी, جميل*, حلو*, رائع*, روعه, ممتاز*, (|ي|ت)جنن*, يهبل, تهبل, خطير*, قمر, (|ا|ي|ت)عجب*, عجبني, عجبتني, احبه, تحفه, خرافي*, ماشاءالله, فخم*, وايد حلو, bien, bueno, buena, gut, gute, guten, gutes, bom, boa, bem, acha, accha, achha, acchi, achhi, ache, achchha, अच्छा, अच्छी, अच्छे, زين, زينه, كويس, كويسه, حلوه, منيح, منيحه, طيب, nickel, pas mal, ordentlich, fetch, banger, snatched, serving, chef kiss, chefs kiss, 10/10, goals, flattering, dreamy, adorable, handsome, sharp, classy, elegant, sleek, wowww, heavenly
notion_no: not, no, dont, doesnt, didnt, isnt, never, nahi, nahin, nai, mat, na, ne, pas, jamais, nicht, kein, keine, nie, nao, nunca, nem, sin, नहीं, मत, ना, لا, ما, مش, مو, لم, ليس, موش
know: know, remember*, knows, sabes, sais, savez, weisst, wisst, sabe, jaante, jante, pata, जानते, पता, تعرف, تعرفون, عارف
profile: profile, profil, perfil, sizes, preferences, prefs, settings, preferencias, preferences, einstellungen, preferencias, configuracion, configuracoes, reglages, प्रोफाइल, بروفايل, تفضيلاتي, ملفي
care: matter, matters, mind, importa, importan, egal, importe, rolle, faz, farak, fark, फर्क, يهم, مهم, يفرق, فارق, import, beliebig, whatever, wurscht, wurst, schnuppe
limit: limit, limits, limite, limites, filter, filters, filtro, filtros, filtre, filtres, cap, restriction, grenze, obergrenze, फिल्टर, लिमिट, حد, الحد, فلتر, الفلتر, tope, teto, plafond, seema, pabandi
reset: reset*, restart, scratch, start, begin, empez*, empiez*, comenz*, comienz*, cero, recommenc*, zero, neu, vorn, vorne, anfang*, beginn*, reinici*, comec*, recomec*, zerar, zera, shuru, naye, sire, शुरू, शुरुआत, نبدا, ابدا, البدايه, الاول, جديد, الصفر, صفر
man: man, guy, male, boy, dude, hombre, chico, varon, homme, mec, garcon, mann, kerl, junge, typ, homem, rapaz, cara, ladka, aadmi, mard, लड़का, आदमी, पुरुष, رجل, راجل, شاب, ولد
woman: woman, girl, female, lady, mujer, chica, femme, fille, meuf, nana, frau, maedchen, dame, mulher, menina, moca, ladki, aurat, लड़की, औरत, महिला, امراه, مره, بنت, ست, سيده
i_am: im, i am, soy, je suis, ich bin, bin, sou, eu sou, main, mai, hu, hoon, मैं, हूं, हूँ, انا
undo: undo, revert, تراجع, تراجعي, rueckgaengig, deshaz, deshacer, desfaz, desfazer, annuler ca
want: want*, receive*, get, getting, quiero, quisiera, recib*, veux, voudrais, recevoir, will, moechte, bekommen, kriegen, quero, receber, chahiye, chahie, chahta, chahti, चाहिए, चाहता, चाहती, اريد, ابغي, ابي, بدي, عايز*, عاوز*, احتاج, استلم, استقبل
same: same, same one, same thing, la meme, le meme, el mismo, la misma, lo mismo, o mesmo, a mesma, das gleiche, dasselbe, die gleiche, den gleichen, das selbe, wahi, same to same, वही, نفسه, نفسها, نفس الشيء, same but
bot: bot, app, chatbot, assistant, you, asistente, du, ce truc, robot, البوت, بوت, التطبيق, yeh app, ye bot, ऐप, बॉट
wearer: i wear, i usually wear, i always wear, i take, i am a, im a, im usually, im normally, my size, my usual size, my shoe size, calzo, uso, usualmente uso, visto, mi talla, soy talla, soy la, uso talla, llevo la, yo uso, je porte, je mets, je fais, je chausse, ma taille, je m habille, ich trage, trage, trag, meine groesse, hab groesse, habe groesse, ich hab, brauche groesse, eu uso, eu visto, calco, meu tamanho, meu numero, mera size, mera saiz, meri size, mujhe size, pehnta hu, pehnti hu, pehenta hu, pehenti hu, pehenta hoon, pehenti hoon, aata hai, aati hai, lagta hai, मेरा साइज, मेरा साइज़, पहनता, पहनती, आता है, مقاسي, البس, بلبس, دايما بلبس, انا مقاس, قياسي, مقاسى, hab ich, habe ich, bin ich, sou, eu sou, tenho, i usually need, i need an, i usually take, i always take, brauche ich, ich brauche, nehme ich, je prends du, je mets du, tomo la, llevo, necesito la, eu pego
who: who, whos, wer, wen, qui, quien, quienes, quem, kaun, kisne, कौन, किसने, من, مين, منو
trivia: weather, forecast, rain tomorrow, will it rain, temperature, gold rate, gold price, price of gold, dollar rate, exchange rate, petrol price, stock market, bitcoin, crypto, who won, won the, winner, world cup, score, cricket, ipl, football, fifa, champions league, election, president, prime minister, capital of, population, recipe, cook, cooking, biryani, pizza, restaurant, cab, uber, taxi, train ticket, flight ticket, hotel, movie, netflix, song, joke, riddle, poem, story, homework, math, maths, essay, translate, calculate, python, javascript, meaning of life, girlfriend chahiye, horoscope, astrology, medicine, doctor, headache, lawyer, tax, visa, passport, covid, news, politics, clasico, quien gano, gano el, partido, mundial, futbol, tiempo hara, clima, llover, llueve, receta, chiste, noticias, pelicula, cancion, capital de, raiz cuadrada, traduce, meteo, pleuvoir, pleut, match, foot, psg, recette, blague, actualites, film, chanson, capitale, traduis, wetter, regnet, regnen, bundesliga, fussball, rezept, witz, nachrichten, hauptstadt, kino, lied, uebersetze, vai chover, chove, previsao do tempo, jogo, futebol, campeonato, receita de, piada, filme, musica, capital do, capital da, traduz, mausam, barish hogi, baarish hogi, match kaun jeeta, jeeta, khana banana, gaana sunao, chutkula, shayari, rashifal, khabar, sona ka bhav, petrol, मौसम, बारिश होगी, बारिश होने, मैच, किसने जीता, जीता, खबर, समाचार, चुटकुला, गाना, शायरी, राशिफल, सोने का भाव, राजधानी, प्रधानमंत्री, खाना बनाना, रेसिपी, क्रिकेट, फिल्म, الطقس, طقس, هتمطر, تمطر, يمطر, المطر بكره, سعر الذهب, الذهب, سعر الدولار, الدولار اليوم, المباراه, مباراه, ماتش, مين كسب, كسب, فاز, الدوري, كاس العالم, وصفه, طبخه, اكله, نكته, نكت, اغنيه, فيلم, عاصمه, رئيس, اخبار, الاخبار, ترجم, شعر, البورصه, بيتكوين, دكتور
occasion_fit: too much, too formal, too casual, too dressy, too short, too sexy, appropriate, suitable, acceptable, ok for, okay for, fine for, good for, work for, works for, right for, overdressed, underdressed, overkill, apropiado, apropiada, adecuado, adecuada, demasiado, mucho para, sirve para, queda bien para, vale para, approprie, appropriee, adapte, adaptee, trop, convient, ca passe, ca le fait, geeignet, angemessen, passend, zu schick, zu elegant, zu leger, zu viel, kann ich das, adequado, adequada, apropriado, demais pra, demais para, serve pra, fica bem, combina com, theek rahega, theek rahegi, sahi rahega, sahi rahegi, accha rahega, achha rahega, chalega, chalegi, ठीक रहेगा, ठीक रहेगी, सही रहेगा, चलेगा, चलेगी, अच्छा रहेगा, مناسب, مناسبه, تناسب, يناسب, ينفع, تنفع, يصلح, تصلح, يليق, تليق, كثير على, اوفر
build: build*, create*, put together, assemble, style me, dress me, design, make me, suggest*, plan, arma*, armame, crea, creame, monta*, montame, compon*, compose*, cree, fais moi, stell*, zusammenstell*, mach mir, monte, cria, banao, bana do, तैयार, बनाओ, रचो, كون*, نسق*, رتب, صمم, اعمل*
outfit: outfit, outfits, whole look, full look, entire look, complete look, ensemble, atuendo, conjunto completo, look, looks, tenue, look complet, look completo, komplettlook, komplettes outfit, poora look, pura look, लुक, आउटफिट, اطلاله, لوك, طقم كامل, اوتفت
complete: complete the look, complete this look, complete my look, complete the outfit, complete my outfit, complete it, finish the look, complete look, completa el look, completar el look, completa el conjunto, complete le look, complete ma tenue, completer la tenue, look vervollstaendigen, vervollstaendige, outfit vervollstaendigen, completa o look, completar o look, look complete karo, look poora karo, लुक पूरा, कम्प्लीट लुक, كمل الاطلاله, كملي اللوك, كمل اللوك
which_one: which, which one, wich one, kaunsa, konsa, kaun sa, cual, cual de ellos, lequel, laquelle, welches, welche, welcher, qual, qual deles, कौन सा, कौनसा, ايهم, اي واحد, اي وحده, انهي
lasting: never, always, ever, anymore, nunca, siempre, jamas, jamais, toujours, nie, niemals, immer, sempre, hamesha, kabhi, हमेशा, कभी, دايما, دائما, ابدا, remember, recuerda*, souviens, merk, lembra, yaad, याद
liking: i like, i love, i hate, i dislike, i dont like, i do not like, i prefer, i cant stand, me gusta, me gustan, no me gusta, no me gustan, odio, detesto, me encanta, me encantan, j aime, j aime pas, je n aime pas, je deteste, j adore, je prefere, ich mag, ich liebe, ich hasse, gosto de, nao gosto, odeio, detesto, adoro, amo, mujhe pasand, pasand hai, pasand nahi, nafrat, मुझे पसंद, पसंद है, पसंद नहीं, احب, ما احب, اكره, افضل
forget: forget*, unlearn, olvid*, oubli*, vergiss, vergessen, esquec*, bhool*, भूल*, انس, انسي, انسى, (|ا)نسي*, esqueca, esquecer
notify: notify, alert*, ping, inform*, let me know, tell me when, tell me if, avis(a|ame|ar|eme|em), me avisas, notific*, alerta, alerte*, previens*, prevenez, previens moi, benachrichtig*, bescheid, informier*, melde dich, me avisa, me avise, avisa, bata dena jab, to batana, to bata dena, to bata, jab bhi, jab, khabar karna, suchit, तो बताना, तो बता देना, सूचित, نبه*, خبر*, اخبر*, بلغ*, اعلم*
with: with, con, avec, mit, com, saath, sath, ke saath, के साथ, साथ, مع
love: love*, like it, find ich, finde ich, liebe, mag ich, encanta*, me gusta, me gustan, adore*, j aime, kiffe*, amei, adorei, gostei, curti, pasand, पसंद, عجبني, عجبتني, حبيت*, احببت*, mega
shoe_size: my shoe size, my shoes are, my waist, my waist is, meu sapato, meu pe, meu numero, mi zapato, mi pie, mi numero, ma pointure, ma taille, meine schuhgroesse, meine schuhe, mera joota, mere joote, mera number, meri kamar, मेरा जूता, मेरी कमर, نمره رجلي, مقاس رجلي, مقاس جزمتي
testing: try*, test*, prob(ar|arme|armelo|armela|arlo|arla|ame|amelo|emos), prueb*, essay*, essai*, anprobier*, probier*, experiment(ar|a|o|e|ei|amos), prov(ar|a|o), ट्राई, (|ا|ت|ي|ن)جرب*, قيس*, اقيس*
exclaim: kya baat, kya baat hai, wah, waah, wow, क्या बात, क्या बात है, वाह, uau, guau, waouh, boah
my_budget: my budget, mera budget, mere budget, mi presupuesto, mon budget, mein budget, meu orcamento, मेरा बजट, ميزانيتي, ميزانيتي, tenho um orcamento, tengo un presupuesto, j ai un budget, ich habe ein budget, i have a budget, mera bajat
budget: budget*, presupuesto, orcamento, बजट, ميزانيتي
take_out: remove*, removing, discard, quita, quitar, quitalo, quitala, quite, enlev*, retir*, weg, raus, streich*, tira, tirar, hata*, hatao, हटा*, احذف*, شيل*, ازل, drop, delete*, loesch*, entferne*, borra, borrar, supprime*, apaga, apagar
being: is, are, es, son, est, ist, sind, hai, hain, e, eh, है, हैं, هو, هي
better: better, best, more, mejor, mas, mieux, plus, besser, am besten, mehr, melhor, mais, zyada, jyada, behtar, ज्यादा, ज़्यादा, बेहतर, اكثر, افضل, احسن
go_with: goes with, goes well with, go with, go well with, would go with, i wear with, should i wear with, to wear with, looks good with, matches, wear with, pair with, ke saath kya, ke sath kya, ke saath kaisa, के साथ क्या, के साथ कैसा, combina con, combinan con, va con, van con, me pongo con, ponerme con, llevar con, va avec, vont avec, va bien avec, irait avec, porter avec, mettre avec, passt zu, passt zum, passt zur, passen zu, passen zum, passen zur, trage ich zu, trage ich zum, trage ich zur, kann ich zu, kombiniere ich mit, combina com, combinam com, fica bem com, vai bem com, usar com, vestir com, visto com, يناسب, تناسب, يليق مع, يمشي مع, البس مع, يلبس مع, يتناسب مع, look good with, looks good with, look nice with, con que combino, con que combinar, con que me pongo, avec quoi mettre, avec quoi porter, wozu passt, wozu passen, wozu trage, womit kombiniere, womit trage, com o que combino, com que combino, com o que uso, ke saath kya pehnu, साथ क्या पहनूं
speak: speak, talk, reply, answer, write, chat, bolo, boliye, baat, jawab, likho, likhiye, responde, respondeme, contesta, contestame, habla, hablame, escribe, escribeme, reponds, repondez, parle, parlez, ecris, antworte, sprich, sprecht, rede, schreib, schreibe, fala, fale, responda, escreve, escreva, बोलो, बोलिए, बात, जवाब, लिखो, تكلم, تحدث, رد, جاوب, اجب, اكتب, احكي, كلمني
clothing: clothes, clothing, garments, apparel, outfits, ropa, prendas, vetements, habits, fringues, kleidung, klamotten, anziehsachen, roupa, roupas, kapde, kapda, कपड़े, वस्त्र, ملابس, هدوم, ازياء
never: never, nunca, jamas, jamais, nie, niemals, kabhi nahi, kabhi mat, कभी नहीं, कभी मत, ابدا
within: in, for, mein, me, en, em, de, bei, fuer, para, pour, में, के लिए, في
taking: take, taking, shoot, shooting, pose, posing, stand, sacar, saco, hacer, hago, tomar, tomo, prendre, prends, faire, fais, mache, machen, aufnehmen, fotografieren, tirar, tiro, kheench*, khich*, khinch*, खींच*, التقط*, اصور, اتصور, اخذ, أصور, tirar, tira, tire, bater, prendo, shot, kind of photo, sort of photo, tipo de foto, type de photo, genre de photo, fuer ein foto, photo kaisi, foto kaisi, फोटो कैसी, اي صوره, نوع الصوره
how_far: how far, cuanto falta, wie weit, quanto falta, ou en es tu, ou en est, kitna baaki, kitna baki, kahan tak, कहाँ तक, कहां तक, कितना बाकी, كم باقي, وين وصلت, اين وصلت, how far along, tu en es ou, en es tu, ca en est ou, ou ca en est, en que vas, por donde vas, como vai, como esta indo, em que pe, kitna hua, कितना हुआ, وصلت لوين, فين وصلت
colour: color, colour, colours, colors, shade, couleur, couleurs, farbe, farben, cor, cores, colores, rang, rangon, रंग, لون, الوان, اللون
watch_price: watch the price, watch the prices, watch price, price watch, price alert, price alerts, keep an eye on the price, track the price, vigila el precio, alerta de precio, alerta de precios, alerte prix, surveille le prix, behalte den preis im auge, preisalarm, alerta de preco, de olho no preco, price track karo, price alert laga do, सस्ता हो तो बताना, दाम कम हो तो बताना, راقب السعر, تنبيه السعر
stop_watch: tell me about prices any more, tell me about prices anymore, stop watching, unwatch, stop tracking, stop telling me, tell me no more, stop the price alerts, stop price alerts, stop the price alert, no more price alerts, stop all price alerts, dont tell me about prices, dont tell me about the price, no me avises mas, deja de avisarme, ya no me avises, ne me previens plus, ne plus me prevenir, arrete de me prevenir, nicht mehr melden, melde mir keine preise mehr, sag mir nicht mehr bescheid, nao me avise mais, pare de me avisar, ab mat batana, mat batana ab, अब मत बताना, لا تخبرني بعد الان, توقف عن اخباري
cheaper: cheaper, gets cheaper, price drop*, price falls, price goes down, drops in price, goes on sale, mas barato, mas barata, baje, baja de precio, baje de precio, moins cher, baisse, billiger, guenstiger, preis faellt, preis sinkt, mais barato, mais barata, baixar, baixar de preco, sasta, sasti, saste, price kam, daam kam, सस्ता, सस्ती, दाम कम, कीमत कम, ارخص, ينزل, ينخفض, يرخص
size_help: what size, which size, que talla, cual talla, quelle taille, welche groesse, was fuer eine groesse, que tamanho, qual tamanho, qual o tamanho, qual numero, kaunsa size, kaun sa size, konsa size, कौन सा साइज, कौनसा साइज, कौन सा साइज़, اي مقاس, شو المقاس, ايش المقاس, ما المقاس, وش المقاس
another: another, outro, outros, other, different, change, otro, otros, cambia, cambiar, cambio, autre, autres, change*, andere, anderen, anders, wechsl*, outra, outras, mude, mudar, troca, trocar, dusra, dusre, doosra, doosre, alag, koi aur, aur koi, badlo, दूसरा, दूसरे, अलग, और कोई, कोई और, बदलो, اخر, اخري, ثاني, مختلف, غير, otra, otras, une autre, eine andere, einen anderen, ein anderes, uma outra, दूसरी, dusri, doosri
whenever: when, once, as soon as, if, whenever, cuando, si, en cuanto, quand, lorsque, des que, wenn, sobald, falls, quando, se, assim que, jab, agar, जब, अगर, لما, عندما, اذا
receive: do i get, will i get, i get, am i getting, do i receive, will i receive, i receive, next, subscription, subscribed, settings, recibo, recibire, me llega, me llegan, proximo, suscripcion, recois, recevrai, je recois, prochain, prochaine, abonnement, bekomme, bekomm, kriege, krieg, naechste, naechsten, nachste, abo, recebo, receberei, chega, chegam, proxima, assinatura, milta hai, milte hai, milte hain, milti hai, milti hain, milega, milenge, aata hai, aate hain, aati hai, aayega, aayegi, agla, agli, मिलता, मिलते, मिलती, मिलेगा, मिलेंगे, आता, आते, आएगा, आएगी, अगला, अगली, يصلني, تصلني, توصلني, يوصلني, يجيني, تجيني, القادم, القادمه, اشتراكي
asking: what, which, when, how often, show, que, cuales, cual, cuando, quels, quel, quelle, quelles, quand, welche, welchen, was, wann, wie oft, quais, qual, quando, kaun, kaun kaun, kaunse, kaunsi, kya, kab, कौन, कौन से, क्या, कब, ما, ماذا, اي, متي, ايش, شو, وش
anew: again, resume, unpause, restart, reactivate, switch back on, turn back on, de nuevo, otra vez, reanuda, reanudar, reactiva, reactivar, a nouveau, de nouveau, reprends, reprenez, reprendre, reactive, reactivez, wieder, fortsetzen, fortfuehren, de novo, outra vez, retoma, retome, retomar, reativa, reative, phir se, fir se, dobara, wapas, फिर से, दोबारा, वापस, من جديد, مره اخري, مجددا, استانف, استئناف, رجع
pause: pause, paused, pauses, pausing, hold, holiday, holidays, vacation, vacations, while, break, suspend, snooze, pausa, pausar, pausalos, pausame, pausen, suspende, suspender, suspenda, vacaciones, pausez, suspends, suspendez, vacances, pausier, pausiere, pausieren, pausiert, aussetzen, urlaub, ferien, ferias, rok, roko, rokna, ruk, ruko, रोक, रोको, रोकना, रुको, छुट्टी, موقتا, علق, علقي, اجازه, عطله
sign_in: sign in link, sign in, log in link, login link, magic link, log me in, sign me in, link to sign in, link to log in, enlace de acceso, enlace para entrar, lien de connexion, lien pour me connecter, anmeldelink, link zum anmelden, login link, link de acesso, link para entrar, login wala link, लॉगिन लिंक, رابط الدخول, رابط تسجيل الدخول
"""

RULES = """
link: sign_in !WISH !URL !REF
help + topic=mail: mail receive asking !TIMED !WISH !stop !EMAIL !REF !IT
digest_unsubscribe: pause mail !WISH !EMAIL !REF !IT
digest_unsubscribe: stop pause DIGEST !WISH !EMAIL !RUNNING
digest_update: mail anew !stop !WISH !EMAIL !REF !IT !notion_no
digest_subscribe + cadence=alert: mail cheaper whenever !stop !saved !CATEGORY !LOOK
digest_unsubscribe: mail never !WISH !EMAIL !TIMED !REF !IT
digest_subscribe: send mail IDLE !DIGEST !stop !notion_no !never !REF !IT !POINT !EMAIL !saved !ASK !cheaper !photo !try !show
digest_unsubscribe: forget|delete mail mine !WISH !TIMED !IT !REF !data !saved !photo
details + attribute=size: size_help REF|IT|FOCUS|DONE|RESULTS !WISH !compare
digest_unsubscribe: stop_watch !RUNNING !WISH
digest_subscribe + cadence=alert: watch_price !stop !LOOK
digest_subscribe + cadence=alert: notify cheaper REF|IT|FOCUS|DONE|DESCRIBED|RESULTS !mail !CATEGORY !LOOK
digest_subscribe: ALERT notify REF|IT|FOCUS|DONE|DESCRIBED !mail !CATEGORY !LOOK
back: undo SHORT
provide + photo=previous: PHOTO_ASKED photo old !QUESTION !notion_no
provide + photo=previous: PHOTO_ASKED use old SHORT !QUESTION !notion_no
help + topic=privacy: photo|data private QUESTION !delete !WISH !URL !REF
help + topic=privacy: PHOTO_ASKED private photo|data !delete
help + topic=photo: how taking photo !WISH !REF !URL
delete_data + scope=all: delete know mine !photo !WISH !REF
set_profile + remove=profile: forget know mine !photo !WISH
set_profile + remove=profile: forget everything mine|know !photo !WISH
set_profile: forget mine SLOT_NAME !LOOK !CATEGORY !PRICE !photo !saved !limit !REF
set_profile: my_budget PRICE !CATEGORY !REF !LOOK !OCCASION !BUDGET_ASKED !QUESTION SHORTISH
set_profile: wearer within SIZE CATEGORY !LOOK !PRICE !REF !SIZE_ASKED !show !want !QUESTION SHORTISH
set_profile: mine being SIZE CATEGORY ATTRIBUTE !LOOK !PRICE !REF !SIZE_ASKED !show !want !QUESTION SHORTISH
tryon_status: how_far !WISH !ATTRIBUTE !mail !buy
refine + attribute=color: another colour !LOOK !CATEGORY !REF !QUESTION !photo !bad !ASK SHORT
help + topic=profile: know what mine !WISH !REF !ASK
help + topic=profile: profile mine show IDLE !WISH !SIZE !photo
help + topic=profile: profile show|mine SHORT !ATTRIBUTE !REF !WISH !FOCUS
help + topic=photo: photo upload place !REF !WISH !URL !mail
help + topic=photo: PHOTO_ASKED upload place
help + topic=tryon: try how work !REF !URL
help: how work SHORT !WISH !REF !FOCUS
help: what ability !WISH !REF !IT !ASK !ATTRIBUTE
deny: PHOTO_ASKED photo notion_no
unsave: delete|remove saved !show
unsave: delete|remove mine saved
feedback_negative: take_out REF RESULTS|FOCUS|DONE !saved !WISH !mail !try !buy !notion_no !QUESTION !compare !photo
compare + ref=saved: compare saved !REF
email_results + ref=saved: mail saved !TIMED !recur
email_results + ref=saved: saved EMAIL !TIMED !recur
save: put saved REF|IT|FOCUS|DESCRIBED|DONE !show
tryon + ref=saved: try saved !REF !put
show_saved: show saved !REF !try !WISH
delete_data + scope=photos: delete photo !new !WISH !REF
delete_data + scope=all: delete data !limit !WISH !REF
set_photo + photo=previous: photo old use !mail !WISH !URL !RUNNING !try
set_photo + photo=new: photo new !mail !WISH !URL !saved !good !bad
digest_unsubscribe: stop mail !WISH !EMAIL !IT !POINT !TIMED
digest_unsubscribe: notion_no want mail !WISH !EMAIL
email_results: send mail REF|IT|DONE|FOCUS !TIMED !recur !stop
email_results: send EMAIL !TIMED !recur !ASK !WISH
email_results: mail REF !TIMED !recur !stop !compare
digest_subscribe: ALERT IDLE !DIGEST
digest_subscribe: notify WISH IDLE !DIGEST !QUESTION
digest_subscribe: recur WISH IDLE !DIGEST
digest_subscribe: recur mail IDLE !DIGEST
tryon: URL try|on_me|dress|looks|photo !like !buy
cancel: RUNNING stop !WISH !mail
tryon_status: RUNNING wait !WISH !POINT !mail !stop !compare !buy
feedback_positive: DONE exclaim !bad !notion_no !FACET !buy !save
advice: DONE QUESTION suit|good|looks|advise !ATTRIBUTE !WISH !buy !again
advice: occasion_fit OCCASION FOCUS|DONE|IT QUESTION !ATTRIBUTE
tryon: on_me looks|dress|try|show REF|DESCRIBED|FOCUS|IT !mail !DONE !save
tryon: testing LOOK RESULTS !CATEGORY !PRICE !mail !put !compare !like !QUESTION
tryon: try REF|DESCRIBED !mail !put !compare !like !ATTRIBUTE
similar: like REF|FOCUS|IT|DONE !try !compare !ATTRIBUTE !advise !saved !looks !bad !QUESTION !notion_no
similar: same FOCUS|DONE WISH !try !buy !put !QUESTION
advice: suit|occasion_fit with FOCUS|DONE QUESTION CATEGORY
advice: suit QUESTION FOCUS|IT !ATTRIBUTE !SIZE !WISH
advice: advise SHORT QUESTION !ATTRIBUTE !buy
details: FOCUS ATTRIBUTE QUESTION !compare !like !try !put !buy !suit !occasion_fit
tryon_retry: DONE again !WISH !REF !photo !show !back_to !mail
feedback_negative: DONE|FOCUS bad !notion_no !WISH !ATTRIBUTE !QUESTION !put !delete
feedback_negative: DONE|FOCUS notion_no good !WISH !ATTRIBUTE !QUESTION !bad
feedback_negative: DONE body bad !WISH !QUESTION
feedback_positive: DONE love BARE !notion_no !bad !FACET
feedback_positive: REF|DESCRIBED love !notion_no !try !put !buy !QUESTION !CATEGORY !like
feedback_negative: IDLE bad bot !WISH !QUESTION
feedback_positive: DONE good !notion_no !bad !FACET !ATTRIBUTE !QUESTION !buy !put !try !again !photo !compare
advice + topic=outfit: complete !REF
advice + topic=outfit: build outfit !CATEGORY !REF !photo !try
advice + ref=all: which_one BARE|suit|looks|better RESULTS !REF !WISH !ATTRIBUTE
advice: go_with CATEGORY !REF !IT !PRICE !photo !mail SHORTISH
set_profile: forget liking WISH IDLE !CATEGORY
set_profile: delete mine SLOT_NAME !LOOK !CATEGORY !PRICE !photo !REF !limit !ASK
set_profile: delete|remove|forget mine SLOT_NAME IDLE !WISH !photo !saved !limit
set_profile: lasting WISH !CATEGORY !TIMED !mail !REF !ASK !forget !try !put !POINT
set_profile: liking WISH IDLE !CATEGORY !TIMED
set_profile: speak LANGUAGE !WISH !REF
set_profile: MONEY !PRICE !CATEGORY !REF !FOCUS !ASK SHORTISH
set_profile: shoe_size SIZE !LOOK !CATEGORY !PRICE !QUESTION !ASK !REF
set_profile: i_am man|woman IDLE !CATEGORY SHORTISH
set_profile: wearer SIZE !CATEGORY !REF !SIZE_ASKED !try !POINT !compare
reset: reset everything|delete !WISH !mail
search: clothing BARE IDLE !REF !WISH !photo !build
out_of_scope: trivia !CATEGORY !REF !FOCUS !DONE !SIZE !PRICE !mail !photo
details + attribute=size: REF|FOCUS SIZE QUESTION !try !CATEGORY !compare !like !buy !put
"""
