"""Words of everyday language that mean nothing to a shop by themselves.

They are never "corrected" into clothes ("want" is no pant, "shows" are no shoes) and never searched for.
"""

from bot.dialogue.understanding.text import bag

COMMON = bag(
    """
    sole soles shimmer premium socket support report shore share shape sharp shift shout
    brothers sisters friends mothers fathers arent isnt wasnt werent havent hasnt couldnt wouldnt shouldnt
    star stars rated feet foot inch inches kilo kilos percent prozent over above baje uhr number num nr numero
    nummer results choices pieces blurry face hands hand arms legs hair neck shoulder shoulders strange weird
    laga lagi lage lagta lagti lag raha rahi rahe gaya gayi gaye hoga hogi hona sakta sakti sakte dekho dekhna
    dekhni dikhana milta milti samajh chalo suno bolo sath saath liya diya dedo dena daalo daal waise kisi kisko
    sirf lekin kyunki isliye wahan yahan kabhi hamesha please thing world story smart paper plane table chair
    weather laptop music movie pizza cricket score news joke train flight hotel water lunch breakfast president capital python code poem
    a about above actually after again ago ahead all almost alone along already also although always am an
    and another any anybody anyone anything anyway are around as ask at away baby back bad be because become
    been before begin behind being below best better between big bit both bring but buy by call came can
    cannot cant care carry case catch cause change check choose clear close come comes coming could couldnt
    couple course day days deal dear did didnt different do does doesnt doing done dont down drink drive
    during each early easy eat either else end enough even ever every everyone everything exactly expect face
    fact fall family far fast feel few fill find fine finish first fit follow food for found free friend
    friends from front full fun gave general get gets getting girl give given gives go goes going gone gonna
    good got gotta great had half hand happen happy hard has hasnt have havent having he head hear heard
    heart help her here hers hey hi high him his hold home hope hour hours house how however i id idea if ill
    im important in indeed inside instead interested into is isnt it its ive job just keep kept kid kids kind
    knew know known lady large last late later learn least leave left less let lets life light like liked
    line list listen little live long look looked looking looks lost lot lots love loved low made main make
    makes making man many matter may maybe me mean means meant meet men middle might mind mine minute minutes
    miss moment money month months more morning most move much must my myself name near need needs never new
    next nice night no nobody none nor not note nothing now number of off often oh okay old on once one ones
    only onto open or order other others ought our ours out outside over own page paid part party past pay
    people perhaps person phone photo pick picked picture piece pieces place plan play please pls plz point
    possible post prefer pretty price probably problem pull push put question quick quickly quite ran rather
    read ready real really reason receive remember rest right road room run safe said sale same saw say says
    second see seem seen sell send sent set several shall she ship shop shopping short should show showed
    showing shown shows side simple since single sir sister sit size sleep small so some somebody someone
    something sometimes somewhere soon sorry sort sound speak special stand start started state stay still
    stop store story strong such suggest sure take taken takes taking talk tell ten than that thats the their
    them themselves then there theres these they theyre thing things think third this those though thought
    through throw till time times to today together told tomorrow tonight too took top touch toward town
    tried true truly trust try trying turn two type under understand until up upon us use used using usually
    very via view visit voice wait waiting walk wall want wanted wants was wasnt watch water way we wear
    wearing week weeks well went were what whatever whats when where whether which while who whole whom whose
    why will wish with within without woman women wont word words work works world worth would wouldnt write
    wrong yeah year years yes yesterday yet you young your yours yourself bro dude sis yaar bhai didi mate
    babe hun omg lol haha hmm uh um umm err guys folks madam maam plzz pleaseee kindly thnx ur u r n k gud
    wanna gimme lemme lookin sumthing smth anythin outfit outfits clothes clothing stuff item items product
    products option options style styles dresscode range collection wardrobe model pair pairs hai hain ho hu
    hoon tha thi ka ki ke ko se mein mai mera meri mere tera teri aap aapka tum tumhara yeh ye woh wo vo kya
    kyu kyun kyon kaun kaunsa konsa kab kahan kaise kaisa kuch koi bhi nahi na aur ya par pe liye wala wale
    wali waala waale waali chahiye dikhao dikha karo kar karna kare de dena dijiye lo le lena toh bas sirf
    thoda thodi thode zyada jyada bahut bohot bada badi accha acha achha theek sab sabhi ab abhi phir fir jo
    jaise jab tab agar mujhe mujhko hum hamara apna apne apni bata batao rang mast yar ji andar el la los las
    un una unos unas del al y o e en con por para sin que como cual cuales quien donde cuando este esta estos
    estas ese esa esos esas aquel algo algun alguna mas muy mi mis tu tus su sus te nos es son soy estoy hay
    tiene tienes quiero busco necesito ver favor si tambien pero solo otro otra porfa gustaria les des du au
    aux et ou dans sur avec pour sans qui quoi ce cet cette ces mon ma mes ton ta tes sa ses je il elle nous
    vous ils elles suis est sont ai avez ont veux voudrais cherche montre moi svp plait merci bien tres plus
    moins aussi mais donc car ne pas une quelque chose der die das den dem ein eine einen einem einer eines
    und oder aber auf aus bei mit nach von vom zu zum zur fuer fur ueber unter ist sind war bin bist hat habe
    haben ich er sie wir ihr mich mir dich dir uns euch meine dein deine sein seine kein keine nicht auch nur
    noch schon bitte etwas wer wie wann warum welche welches welcher dieses diese dieser denn mal suche zeig
    moechte brauche os uma umas da dos nas ao aos pelo pela com sem sob sobre entre quem qual quais onde
    quando isto esse essa isso aquele meu minha meus minhas seu sua eu voce ele ela eles elas estou sao sou
    tem tenho quero queria procuro preciso muito tambem pra pro gli di della per che non sono
    """
)

NATIVE_COMMON = bag(
    """
    लगा लगी लगता लगती वाली वालों करूं होगा होगी रहा रही रहे गया गई
    है हैं हूं हूँ था थी थे का की के को से में मे मैं मेरा मेरी मेरे आप तुम यह ये वह वो क्या क्यों कौन कब
    कहां कहाँ कैसे कैसा कुछ कोई भी नहीं ना और या पर लिए वाला वाले वाली चाहिए दिखाओ करो कर करना दो दे देना लो
    ले लेना ही तो बस सिर्फ थोड़ा थोड़ी ज्यादा बहुत सब अब अभी फिर जो मुझे हम अपना इस उस एक रंग कपड़े कृपया इसे
    उसे इसका في من الي على علي عن مع هذا هذه ذلك تلك التي الذي ما ماذا متي اين كيف هل انا انت هو هي نحن لي لك
    له لها كان يكون بعض شيء شي واحد واحده اللون لون لو سمحت فضلك اي كل جدا قليلا ايضا فقط يا و او ثم
    """
)
