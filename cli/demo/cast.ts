/**
 * Who lives in the demo community and what they say. Nobody here is a real person.
 *
 * @module
 */
import type { Motif } from "./pictures.ts";

/** Somebody who has an account in the demo. */
export interface Person {
  username: string;
  fullName: string;
  bio: string;
}

/** A post to make: who, what they write, and what the picture shows. */
export interface DemoPost {
  /** Username of one of {@linkcode people}. */
  author: string;
  caption: string;
  motif: Motif;
}

export const people: readonly Person[] = [
  {
    username: "mira.holt",
    fullName: "Mira Holtby",
    bio: "Early trains, late light. Film when I can afford it.",
  },
  {
    username: "jonas_lind",
    fullName: "Jonas Lindvall",
    bio: "Norr om allt. Tent, kaffe, stjärnor.",
  },
  {
    username: "amara.o",
    fullName: "Amara Okonedi",
    bio: "Architect by day. Walls, doors, shadows.",
  },
  {
    username: "teo_marche",
    fullName: "Teo Marchesan",
    bio: "Cuoco. Il mare è a dodici minuti in bicicletta.",
  },
  {
    username: "yuki.tana",
    fullName: "Yuki Tanahara",
    bio: "雨の日がすき。Rainy days and small streets.",
  },
  {
    username: "lena_brandau",
    fullName: "Lena Brandau",
    bio: "Gärtnerin. Fotografiert, was gerade blüht.",
  },
  { username: "sol.varela", fullName: "Sol Varelanda", bio: "Camino mucho, escribo poco." },
  {
    username: "elif.demirci",
    fullName: "Elif Demircan",
    bio: "Ceramics and strong tea. Çay her zaman.",
  },
  {
    username: "noor_vd",
    fullName: "Noor van Dalem",
    bio: "Cyclist with a camera, never in a hurry.",
  },
  {
    username: "camille.rx",
    fullName: "Camille Rouxel",
    bio: "Je rate mes trains pour finir mes photos.",
  },
  { username: "rafa_monte", fullName: "Rafael Montarroyo", bio: "Surf, poeira e pôr do sol." },
  {
    username: "ishaan.v",
    fullName: "Ishaan Vellore",
    bio: "City nights, long exposures, longer playlists.",
  },
];

export const posts: readonly DemoPost[] = [
  {
    author: "mira.holt",
    motif: "mountains",
    caption: "Seven ridges, I counted twice. #mountains #morninglight",
  },
  { author: "sol.varela", motif: "sea", caption: "El mar tenía prisa, yo no. #mar #atardecer" },
  {
    author: "elif.demirci",
    motif: "stillLife",
    caption: "First vase that did not lean. Keeping it. #ceramics #stilllife",
  },
  {
    author: "ishaan.v",
    motif: "city",
    caption: "The river does the long exposure for me. #citynights #skyline",
  },
  {
    author: "lena_brandau",
    motif: "leaves",
    caption: "Erst der Regen, dann dieses Leuchten. #garten #blätter",
  },
  {
    author: "rafa_monte",
    motif: "dunes",
    caption: "Areia até nos bolsos da alma. #dunas #deserto",
  },
  { author: "jonas_lind", motif: "forest", caption: "Tyst nog att höra dimman. #skog #dimma" },
  {
    author: "noor_vd",
    motif: "coffee",
    caption: "Halfway point. The cake did not survive for the photo. #coffee #cycling",
  },
  {
    author: "jonas_lind",
    motif: "night",
    caption: "Minus eleven outside, soup inside. #stars #tentlife",
  },
  {
    author: "lena_brandau",
    motif: "meadow",
    caption: "Die Wiese macht dieses Jahr, was sie will. #wiese #sommer",
  },
  { author: "yuki.tana", motif: "rain", caption: "バスを一本見送った。#雨 #夜" },
  {
    author: "mira.holt",
    motif: "lake",
    caption: "Not a ripple until the dog arrived. #lake #reflection",
  },
  {
    author: "amara.o",
    motif: "archway",
    caption: "Every door on this street is somebody's favourite colour. #doors #architecture",
  },
  {
    author: "camille.rx",
    motif: "tree",
    caption: "Il est là depuis trois cents ans, moi depuis dix minutes. #arbre #solitude",
  },
  {
    author: "ishaan.v",
    motif: "lights",
    caption: "Took my glasses off to see it properly. #bokeh #citynights",
  },
  {
    author: "jonas_lind",
    motif: "aurora",
    caption: "Ingen trodde mig när jag ringde. #norrsken #vinter",
  },

  {
    author: "camille.rx",
    motif: "mountains",
    caption: "Le col était fermé, la vue non. #montagne #brume",
  },
  {
    author: "teo_marche",
    motif: "sea",
    caption: "Prima del servizio, dieci minuti così. #mare #alba",
  },
  {
    author: "camille.rx",
    motif: "stillLife",
    caption: "Dimanche, rien à faire, très bien fait. #naturemorte #lumière",
  },
  { author: "elif.demirci", motif: "city", caption: "Son vapur. Şehir hâlâ uyanık. #şehir #gece" },
  {
    author: "noor_vd",
    motif: "leaves",
    caption: "Stopped to fix a tyre, stayed for the backlight. #leaves #backlight",
  },
  {
    author: "sol.varela",
    motif: "dunes",
    caption: "Walked up for one hour, ran down in forty seconds. #dunes #wander",
  },
  {
    author: "lena_brandau",
    motif: "forest",
    caption: "Pilze: null. Licht: reichlich. #wald #nebel",
  },
  {
    author: "yuki.tana",
    motif: "coffee",
    caption: "Second cup, same page of the book. #coffee #slowmorning",
  },
  { author: "ishaan.v", motif: "night", caption: "No signal, five bars of sky. #milkyway #stars" },
  {
    author: "amara.o",
    motif: "meadow",
    caption: "The site survey took a detour. #wildflowers #meadow",
  },
  {
    author: "mira.holt",
    motif: "rain",
    caption: "Delayed, 40 minutes. Not complaining. #rain #trainwindow",
  },
  {
    author: "jonas_lind",
    motif: "lake",
    caption: "Bastun är bakom mig. Ni får tro mig. #sjö #kväll",
  },
  {
    author: "sol.varela",
    motif: "archway",
    caption: "La sombra de la palmera abre antes que la puerta. #luz #puertas",
  },
  {
    author: "noor_vd",
    motif: "tree",
    caption: "My halfway tree. Everyone should have one. #tree #ride",
  },
  { author: "yuki.tana", motif: "lights", caption: "ピントはどこかに忘れてきた。#夜景 #bokeh" },
  { author: "mira.holt", motif: "aurora", caption: "Jonas was right, for once. #aurora #north" },

  {
    author: "ishaan.v",
    motif: "mountains",
    caption: "Overnight bus, worth every pothole. #mountains #fog",
  },
  { author: "rafa_monte", motif: "sea", caption: "Sem onda hoje. Fiquei na mesma. #mar #surf" },
  {
    author: "teo_marche",
    motif: "stillLife",
    caption: "La frutta buona non si cucina. #cucina #stilllife",
  },
  {
    author: "amara.o",
    motif: "city",
    caption: "I know which of these windows is still the architects. #skyline #latework",
  },
  {
    author: "elif.demirci",
    motif: "leaves",
    caption: "Glaze test number forty looks exactly like this. #leaves #colour",
  },
  {
    author: "mira.holt",
    motif: "dunes",
    caption: "Shot on the last frame of the roll. #film #dunes",
  },
  { author: "camille.rx", motif: "forest", caption: "Perdue, mais élégamment. #forêt #brume" },
  {
    author: "teo_marche",
    motif: "coffee",
    caption: "No, non si beve dopo le undici. #caffè #colazione",
  },
  { author: "sol.varela", motif: "night", caption: "Dormir era opcional. #estrellas #acampada" },
  { author: "noor_vd", motif: "meadow", caption: "Wind mee, eindelijk. #bloemen #fietsen" },
  { author: "ishaan.v", motif: "rain", caption: "Monsoon, episode one. #rain #citynights" },
  {
    author: "lena_brandau",
    motif: "lake",
    caption: "Fünf Uhr früh, der See gehört den Enten. #see #spiegelung",
  },
  {
    author: "rafa_monte",
    motif: "archway",
    caption: "Meio-dia, rua vazia, porta certa. #portas #sol",
  },
  {
    author: "jonas_lind",
    motif: "tree",
    caption: "It waited until I found the tripod. #tree #moonrise",
  },
  {
    author: "elif.demirci",
    motif: "lights",
    caption: "Waiting for the number 12. #lights #winter",
  },
  {
    author: "yuki.tana",
    motif: "aurora",
    caption: "一生に一度、と言いながら三枚目。#オーロラ #aurora",
  },

  {
    author: "lena_brandau",
    motif: "mountains",
    caption: "Oben: drei Jacken. Unten: Eis. #berge #wandern",
  },
  {
    author: "mira.holt",
    motif: "sea",
    caption: "Same bench as last year. Different light. #sea #horizon",
  },
  { author: "amara.o", motif: "stillLife", caption: "Borrowed light. #stilllife #windowlight" },
  {
    author: "camille.rx",
    motif: "city",
    caption: "Raté le dernier train. Évidemment. #ville #nuit",
  },
  {
    author: "yuki.tana",
    motif: "leaves",
    caption: "Named it after the neighbour who waters it. #leaves #balcony",
  },
  {
    author: "ishaan.v",
    motif: "dunes",
    caption: "The wind redraws it every night and never signs. #desert #dunes",
  },
  {
    author: "mira.holt",
    motif: "forest",
    caption: "Fog is just the forest breathing out. #forest #fog",
  },
  {
    author: "elif.demirci",
    motif: "coffee",
    caption: "My own cup, finally not cracked. #ceramics #coffee",
  },
  {
    author: "rafa_monte",
    motif: "night",
    caption: "A cidade ficou sem luz, a praia não. #estrelas #noite",
  },
  {
    author: "sol.varela",
    motif: "meadow",
    caption: "Día doscientos del camino, o quizá tres. #flores #camino",
  },
  { author: "noor_vd", motif: "rain", caption: "Regenbroek vergeten. Weer. #regen #fietsen" },
  {
    author: "camille.rx",
    motif: "lake",
    caption: "Le lac copie tout, même mes fautes. #lac #reflet",
  },
  {
    author: "teo_marche",
    motif: "archway",
    caption: "La porta della nonna, ridipinta. Lei approva. #porte #casa",
  },
  {
    author: "amara.o",
    motif: "tree",
    caption: "Best structure I have seen all year. #tree #architecture",
  },
  { author: "mira.holt", motif: "lights", caption: "Cheap lens, expensive feelings. #bokeh #film" },
  {
    author: "lena_brandau",
    motif: "aurora",
    caption: "Ich habe geweint, die Kamera auch (Kondenswasser). #polarlicht #winter",
  },

  {
    author: "jonas_lind",
    motif: "mountains",
    caption: "Left at four, arrived at wow. #mountains #sunrise",
  },
  {
    author: "elif.demirci",
    motif: "sea",
    caption: "Martılar simidimi çaldı, değerdi. #deniz #günbatımı",
  },
  {
    author: "noor_vd",
    motif: "stillLife",
    caption: "Market haul, before the hungry ones woke up. #stilllife #market",
  },
  {
    author: "rafa_monte",
    motif: "city",
    caption: "Do terraço do Beto, que nunca me cobra a cerveja. #cidade #noite",
  },
  {
    author: "amara.o",
    motif: "leaves",
    caption: "Nature, still undefeated at detailing. #leaves #light",
  },
  {
    author: "teo_marche",
    motif: "dunes",
    caption: "Ho dimenticato l'acqua, non la macchina foto. #deserto #luce",
  },
  {
    author: "sol.varela",
    motif: "forest",
    caption: "Un paso más y se acaba el ruido. #bosque #niebla",
  },
  {
    author: "camille.rx",
    motif: "coffee",
    caption: "Le chat a renversé le premier. Voici le second. #café #matin",
  },
  {
    author: "mira.holt",
    motif: "night",
    caption: "Wished on all of them, to be safe. #stars #camping",
  },
  {
    author: "elif.demirci",
    motif: "meadow",
    caption: "Çiçek zamanı kısa, yürüyüş uzun. #çiçek #bahar",
  },
  {
    author: "camille.rx",
    motif: "rain",
    caption: "Paris fait la tête, moi aussi, on s'entend bien. #pluie #fenêtre",
  },
  { author: "rafa_monte", motif: "lake", caption: "Água doce para variar. #lago #silêncio" },
  { author: "yuki.tana", motif: "archway", caption: "Found by following a cat. #doors #shadow" },
  {
    author: "lena_brandau",
    motif: "tree",
    caption: "Der Baum auf dem Hügel grüßt zurück. #baum #abend",
  },
  {
    author: "teo_marche",
    motif: "lights",
    caption: "Chiuso il ristorante, aperta la notte. #luci #notte",
  },
  {
    author: "ishaan.v",
    motif: "aurora",
    caption: "Forgot how to speak, remembered how to focus. #aurora #longexposure",
  },
];

/** What people write under pictures of a motif. */
export const commentsOn: Readonly<Record<Motif, readonly string[]>> = {
  mountains: [
    "Those layers! I could look at this all day.",
    "Which trail is this? Asking for my knees.",
    "Man riecht fast die kalte Luft.",
    "You got up at what time?!",
    "La troisième crête, là, c'est de la peinture.",
    "Printing this one, with your permission.",
  ],
  sea: [
    "I can hear this.",
    "Che luce, mamma mia.",
    "Sat on that bench last summer, I swear.",
    "The way it glitters. Ugh. Perfect.",
    "¿Agua fría? Seguro que te metiste.",
    "Exactly what I needed between two meetings.",
  ],
  stillLife: [
    "That vase deserves its own account.",
    "The shadow of the twigs makes it.",
    "Bu ışığı nasıl yakaladın?",
    "Looks like Sunday feels.",
    "Is that bottle for sale? Serious question.",
    "Un tableau. Vraiment.",
  ],
  city: [
    "One of those windows is mine!",
    "How long was the exposure?",
    "A cidade nunca pareceu tão calma.",
    "Makes me miss it, noise and all.",
    "The reflections are unreal.",
    "帰り道を思い出した。",
  ],
  leaves: [
    "Light like that should be illegal.",
    "Welche Pflanze ist das? Die will ich auch.",
    "You can see every vein!",
    "So soft back there. Which lens?",
    "Mine never look this happy.",
    "Hermoso contraluz.",
  ],
  dunes: [
    "Looks like silk.",
    "And then sand in the camera for a year, yes?",
    "Que linha, que sombra!",
    "I thought it was a painting until I zoomed in.",
    "No footprints. How?",
    "Dieses Licht dauert nur fünf Minuten, gut erwischt.",
  ],
  forest: [
    "Goosebumps.",
    "Nu vill jag ut.",
    "This is the opening shot of a very good film.",
    "Did you meet anyone? I would have run.",
    "On respire mieux rien qu'en regardant.",
    "The quiet is visible.",
  ],
  coffee: [
    "Save me a sip.",
    "Who poured that heart? Marry them.",
    "Il cuore è storto, ma si vede l'impegno.",
    "The leaf shadows! Lovely.",
    "Now I need a second one.",
    "Koffie en stilte, meer hoeft niet.",
  ],
  night: [
    "How is the tent not cold?!",
    "I count at least four satellites.",
    "Så här ska en fredag se ut.",
    "This made me open the window and look up.",
    "Qué envidia de cielo.",
    "Saving this for a day in November.",
  ],
  meadow: [
    "I sneezed just looking at it. Worth it.",
    "Schöner als jeder Garten.",
    "The blurry ones in front make it feel like lying there.",
    "Colours straight out of childhood.",
    "Je veux une sieste ici, exactement ici.",
    "Bloom where you like, indeed.",
  ],
  rain: [
    "この静けさ、好きです。",
    "I love how every drop has the street in it.",
    "Cosy, from this side of the glass.",
    "Soundtrack, please.",
    "Precies mijn ochtend.",
    "You made being late look good.",
  ],
  lake: [
    "Turned my phone upside down, still works.",
    "So still I held my breath.",
    "Da will ich hin. Morgen.",
    "And then somebody jumped in, I hope.",
    "Que paz.",
    "The line where it meets the shore, perfect.",
  ],
  archway: [
    "That door against that wall!",
    "I would knock just to see who answers.",
    "La sombra es la protagonista.",
    "You and your doors. Never stop.",
    "Makes me want to repaint everything.",
    "Casa mia, quasi.",
  ],
  tree: [
    "Stands there like it knows something.",
    "The birds were paid, admit it.",
    "Magnifique silhouette.",
    "My kids say it is a giant broccoli. I say art.",
    "Ein Freund von mir, dieser Baum.",
    "What timing with that moon.",
  ],
  lights: [
    "This is what music looks like.",
    "きれい。ずっと見ていられる。",
    "My glasses are fine, right?",
    "Warm and a little lonely. I like it.",
    "Bu renkler harika.",
    "New wallpaper, thank you.",
  ],
  aurora: [
    "I have no words, and I always have words.",
    "Vilken natt! Glad att du ringde till slut.",
    "On my list since I was seven.",
    "Did it make a sound? People say it does.",
    "Incroyable, on dirait du tissu.",
    "Okay, booking the train.",
  ],
};

/** What people write under anything. */
export const commentsOnAnything: readonly string[] = [
  "Love this.",
  "Wunderschön!",
  "Your best one yet.",
  "Saved.",
  "Bellissima.",
  "More of these, please.",
  "The colours!",
  "素敵な一枚。",
  "Qué bonito.",
  "I keep coming back to this one.",
  "Frame it. Seriously.",
  "Mooi gezien.",
  "How do you always find these?",
  "Superbe lumière.",
  "This made my day.",
  "Çok güzel!",
  "Underbart.",
  "Teach me.",
  "Lindo demais.",
  "Take me with you next time.",
  "Quiet and perfect.",
  "Right place, right second.",
  "Sending this to my mum.",
  "Still thinking about this one from yesterday.",
];
