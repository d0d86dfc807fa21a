# Toutes les phrases de Lutrin, en français. Mêmes identifiants et mêmes arguments que le fichier anglais ; un test les compare.
# Espaces insécables devant les signes doubles et les guillemets fermants, après les ouvrants ; apostrophes typographiques.

## Où je suis

status-match = occurrence {$current}/{$total}
    .short = {$current}/{$total}
status-document = document {$current}/{$total}
    .short = doc. {$current}/{$total}
status-not-listed = hors de cette liste
    .short = hors liste
status-percent = {$percent} %
status-indexing = indexation : {$done} fichiers sur {$found}
    .short = {$done}/{$found}
status-original = tel que dans le fichier
status-new-hits = {$documents ->
    [one] +{$documents} nouveau
   *[other] +{$documents} nouveaux
}

## Ce qui a été trouvé

found-in-document = {$matches ->
    [one] {$matches} occurrence
   *[other] {$matches} occurrences
}
    .short = {$matches}
duplicate-identical = identique à {$document}
duplicate-near = proche de {$document}
duplicates-identical = {$documents ->
    [one] +{$documents} identique
   *[other] +{$documents} identiques
}
duplicates-near = {$documents ->
    [one] +{$documents} proche
   *[other] +{$documents} proches
}
groups-on = Les doublons sont repliés.
groups-off = Les doublons ne sont plus repliés.
group-none = Ce document n’a pas de doublon dans la liste.
found-none = rien de trouvé
search-unanswered = recherche non faite
    .short = 0
documents = {$documents ->
    [one] {$documents} document
   *[other] {$documents} documents
}
    .short = {$documents} doc.

## Rien à montrer

empty-library = Aucun document pour l’instant. Nommez un fichier ou un dossier : lutrin DOSSIER
empty-library-indexing = Lecture des fichiers en cours ; les documents paraissent ici à mesure qu’ils sont lus.
empty-search = Rien ne correspond à « {$query} ».
zero-without = sans « {$text} » : {$found}
zero-loosely = les mots de « {$text} » n’importe où, sous toutes leurs formes : {$found}
zero-slip = {$text}~ à une faute de frappe près : {$found}
empty-search-so-far = Rien ne correspond à « {$query} » pour l’instant.
index-updated = index du {$moment}
index-incomplete = Tous les fichiers n’ont pas été lus.
still-reading = Lecture des fichiers en cours.
so-far = {$found} pour l’instant
    .short = {$found}…
files-not-read = {$files ->
    [one] {$files} fichier non lu
   *[other] {$files} fichiers non lus
}
    .short = {$files ->
    [one] {$files} non lu
   *[other] {$files} non lus
}
not-read-which = :not-read en donne la liste.
not-read-how = lutrin list --not-read en donne la liste.
not-read-none = Tous les fichiers ont été lus.
not-read-title = Fichiers non lus
none-read-yet = {$files ->
    [one] Le seul fichier ici n’est pas encore lisible : {$reasons}.
   *[other] Aucun des {$files} fichiers ici n’est encore lisible : {$reasons}.
}
none-read = {$files ->
    [one] Le seul fichier ici n’a pas été lu : {$reasons}.
   *[other] Aucun des {$files} fichiers ici n’a été lu : {$reasons}.
}
reason-count = {$reason} : {$files}
built-in = exemple intégré
built-in-searched = C’est l’exemple intégré ; pour ouvrir vos fichiers : lutrin DOSSIER
new-documents = {$documents ->
    [one] {$documents} nouveau
   *[other] {$documents} nouveaux
}
    .short = +{$documents}
new-documents-of = {$documents ->
    [one] {$documents} nouveau
   *[other] {$documents} nouveaux
} sur {$all}
    .short = +{$documents}/{$all}
row-new = nouveau
searches-title = Recherches gardées
searches-none = Aucune recherche n’est encore gardée : {$key} garde celle qui est à l’écran.
search-counts = {$documents ->
    [one] {$documents} document
   *[other] {$documents} documents
}
search-looked = vue le {$moment}
search-of = faite sur {$path}
search-in-part = pas entièrement comprise
search-cut = trop longue : sa fin est ignorée
search-marked = {" "}({$mark})
save-title = Garder sous le nom
rename-title = Autre nom
save-no-search = Il n’y a pas de recherche du dossier à garder : commencez-en une dans la liste.
save-no-name = Il faut un nom à une recherche.
search-saved = Gardée : « {$name} »{$marked}. {$key} montre les recherches gardées.
search-saved-for-now = Gardée jusqu’à ce que vous quittiez, car rien n’est conservé ici : « {$name} »{$marked}.
search-name-taken = Une autre recherche s’appelle déjà « {$name} » : choisissez un autre nom.
search-elsewhere = Ce qui est nouveau se dit là où cette recherche a été faite : {$path}
search-forget-again = Encore {$key} pour oublier « {$name} » ; toute autre touche la garde.
search-forgotten = Oubliée : « {$name} ».
new-none = Rien n’est nouveau dans cette recherche.
new-no-search = Seules les recherches gardées disent ce qui est nouveau : {$key} les montre.
search-kept = Gardée : « {$name} »{$marked}. lutrin search --saved la refait.
search-not-kept = « {$name} » n’a pas été gardée, car rien n’est conservé de ce qui a été cherché.
search-unknown = Il n’y a pas de recherche gardée « {$name} » ; lutrin searches les montre.
searches-none-yet = Aucune recherche n’est encore gardée : lutrin search --save NOM REQUÊTE
filter-none = rien ne correspond
no-outline = Ce document n’a pas de plan.
empty-reader = Aucun document n’est ouvert.

## La recherche

search-wrapped-top = Après la dernière occurrence, retour à la première.
search-wrapped-bottom = Avant la première occurrence, retour à la dernière.
search-next-document = Document suivant : {$title}
search-no-query = Rien n’a encore été cherché : {$key} lance une recherche.
variants-on = Les noms sont cherchés aussi sous leurs autres graphies.
variants-off = Les noms sont cherchés tels qu’ils ont été tapés.
variants-none = Aucune autre graphie n’est cherchée.
also-spelled = aussi {$names}
    .short = {$count ->
        [one] +1 graphie
       *[other] +{$count} graphies
    }
alike-none = Aucun autre document n’a de mot marquant en commun avec celui-ci.
complete-none = Rien de connu ne commence ainsi.
piece-not = sans {$what}
piece-or = ou
piece-phrase = « {$text} »
piece-exact = exactement {$text}
piece-fuzzy = à peu près {$text}
piece-near = {$text} à {$words ->
    [one] 1 mot
   *[other] {$words} mots
} au plus
piece-field = {$field} : {$value}
field-title = titre
field-number = numéro
field-heading = rubrique
field-in = dans
field-path = chemin
piece-asked = posée {$days}
piece-answered = répondue {$days}
pieces-drop = {$key} retire le premier
pieces-none = Rien ne peut être retiré ici.
pieces-fewer = Il n’y a pas d’élément {$number}.
search-no-match = Aucune occurrence dans ce document.
search-cleared = La recherche est oubliée.
prompt-document = Chercher dans ce document
    .short = Ici

## Se déplacer

document-first = C’est le premier document.
document-last = C’est le dernier document.
section-first = Il n’y a pas de section avant.
section-last = Il n’y a pas de section après.
counterpart-none = Il n’y a ici ni question ni réponse.
unanswered-here = Cette question n’a pas de réponse ici.
unasked-here = La question de cette réponse n’est pas ici.
target-none = Ni lien, ni note, ni renvoi plus loin.
target-none-before = Ni lien, ni note, ni renvoi avant.
reference-gone = Le document visé n’est plus dans la bibliothèque.
note-foot = {$go} aller à la note  {$close} fermer
note-foot-close = {$close} fermer
back-none = Il n’y a plus d’endroit où revenir.
forward-none = Il n’y a plus d’endroit où repartir.
follow-none = Ni lien, ni note, ni renvoi ici.
original-on = Tel que dans le fichier ; {$key} pour revenir.

## Marques, copies, autres programmes

interruption-offered = {$key} reprend la lecture coupée le {$moment} : {$title}
interruption-none = Aucune lecture n’a été coupée ici.
interruption-gone = « {$title} » n’est plus dans ce dossier ; le reste est comme avant.
interruption-moved = Le texte a changé et les mots où vous en étiez ont disparu ; le reste est comme avant.
mark-which = Quelle marque poser ? Une lettre.
mark-go-which = Aller à quelle marque ? Une lettre, ou ' pour l’endroit précédent.
mark-set = Marque {$mark} posée.
mark-set-for-now = Marque {$mark} posée jusqu’à ce que vous quittiez : rien n’est conservé ici.
mark-unkept = La marque {$mark} n’a pas été enregistrée. {$reason}
place-unkept = L’endroit où vous avez quitté un document n’a pas été enregistré. {$reason}
mark-unknown = Il n’y a pas de marque {$mark}.
mark-wrong = Une marque est une lettre.
mark-lost = La marque {$mark} est perdue : les mots où elle se trouvait ont disparu, ou figurent à plusieurs endroits.
mark-elsewhere = La marque {$mark} est dans {$path}, qui n’est pas dans ce dossier.
copied = {$characters ->
    [one] {$characters} caractère copié.
   *[other] {$characters} caractères copiés.
}
nothing-to-copy = Il n’y a rien à copier.
browse-none = Ce document ne donne aucune adresse sur le web.
browse-opened = Ouvert dans le navigateur : {$address}
edit-none = Ce document n’est pas un fichier à lui seul : il n’y a rien à modifier.

## L’écran

mouse-on = La souris agit dans Lutrin ; la sélection du terminal attend qu’elle soit rendue.
mouse-off = La souris est rendue au terminal.
theme-is = Thème : {$theme}
language-is = L’interface parle français.
measure-is = Largeur du texte : {$columns} colonnes
sort-is = Tri par {$sort}.
sort-relevance = pertinence
sort-date = date
sort-title = titre

## Les commandes

no-such-command = Aucune commande ne s’appelle « {$name} ».
command-not-here = « {$name} » ne fait rien ici.
key-unbound = {$key} ne fait rien ici ; {$help} montre les touches.
outline-title = Plan
matches-title = Occurrences dans ce document
help-title = Aide
palette-title = Commandes
facets-title = Facettes
facet-date = Date
facet-kind = Genre
facet-institution = Institution
facet-country = Pays
facet-author = Auteur
facet-ministry = Ministère
facet-language = Langue
facet-undated = sans date
facet-more = {$values ->
    [one] {$values} autre…
   *[other] {$values} autres…
}
facet-not-alone = Ce filtre est pris dans « {$query} » : modifiez-le avec /.

## Indications

hint-help = {$key} aide
    .short = {$key}
hint-next = {$key} suivant
hint-previous = {$key} précédent
hint-open = {$key} ouvrir
hint-search = {$key} chercher
hint-close = {$key} fermer
hint-accept = {$key} accepter
hint-list = {$key} liste
hint-run = {$key} relancer
hint-rename = {$key} renommer
hint-forget = {$key} oublier
hint-save = {$key} garder
hint-filter = {$key} ou des lettres pour filtrer
hint-narrow = {$key} filtrer

## Le volet latéral

caption-outline = Plan
caption-acronyms = Sigles
caption-references = Renvois
caption-cited-by = Cité par
on-page = {$value}, p. {$page}
more-lines = et {$lines} de plus
answered-after = {$days ->
    [0] réponse le jour même
    [one] réponse en {$days} jour
   *[other] réponse en {$days} jours
}
unanswered = pas de réponse dans ce document
unknown-date = sans date
words = {$words ->
    [one] {$words} mot
   *[other] {$words} mots
}
reading-time = {$minutes} min
pages = {$pages ->
    [one] {$pages} page
   *[other] {$pages} pages
}

## Les documents et l’index

index-elsewhere = Un autre Lutrin écrit l’index ; celui-ci le lit à mesure.
index-report = ajoutés : {$added}, modifiés : {$changed}, retirés : {$removed}, écartés : {$skipped}, illisibles : {$unreadable}, sans texte : {$empty}
index-waiting = Un autre Lutrin écrit l’index : celui-ci attend qu’il ait fini (--no-wait : sans attendre).
index-refused = Rien n’est indexé : un autre Lutrin écrit l’index.
library-not-forgotten = Rien n’est oublié : un autre Lutrin écrit l’index.
index-not-ready = Un autre Lutrin refait l’index : réessayez quand il aura fini.
index-filling = L’index n’est pas entier ; il est d’abord complété.
built-in-answers = Rien n’est encore indexé : c’est l’exemple intégré qui répond. Pour vos fichiers : lutrin index DOSSIER
document-loading = Ouverture…

## Genres

genre-written-question = Question écrite
    .short = Question
genre-oral-question = Question orale
    .short = Question
genre-government-question = Question au gouvernement
    .short = Question
genre-ministerial-reply = Réponse ministérielle
    .short = Réponse
genre-resolution = Résolution
genre-letter = Lettre
genre-act = Acte
genre-judgment = Arrêt
genre-debate = Débat
genre-report = Rapport
genre-document = Document

## Parties d’un document

place-heading = {$label}
    .short = {$label}
    .bare = section
place-question = question {$label}
    .short = q. {$label}
    .bare = question
place-answer = réponse à la question {$label}
    .short = rép. {$label}
    .bare = réponse
place-citation = visa {$label}
    .short = visa {$label}
    .bare = visa
place-recital = considérant {$label}
    .short = cons. {$label}
    .bare = considérant
place-paragraph = § {$label}
    .short = § {$label}
    .bare = paragraphe
place-point = {$whole}, {$label})
    .short = {$whole}, {$label})
place-in-article = {$whole}, § {$label}
    .short = {$whole}, § {$label}
place-article = article {$label}
    .short = art. {$label}
    .bare = article
place-chapter = chapitre {$label}
    .short = chap. {$label}
    .bare = chapitre
place-speech = intervention : {$label}
    .short = {$label}
    .bare = intervention
place-speech-number = intervention {$label}
    .short = int. {$label}
place-note = note {$label}
    .short = n. {$label}
    .bare = note
place-key-data = fiche
    .short = fiche
    .bare = fiche

## Ce que l’on sait d’un document

key-institution = Institution
key-country = Pays
key-legislature = Législature
key-number = Numéro
key-question-type = Type de question
key-heading = Rubrique
key-author = Auteur
key-asked-by = Posée par
key-constituency = Circonscription
key-group = Groupe
key-ministry-asked = Ministère interrogé
key-ministry-answering = Ministère attributaire
key-asked-on = Posée le
key-asked-page = Page de la question
key-answered-on = Réponse le
key-answered-page = Page de la réponse
key-adopted-on = Adopté le
key-dated = En date du
key-place = Lieu
key-addressee = Destinataire
key-sender = Expéditeur
key-subject = Objet
key-signatories = Signataires
key-source-url = Source
key-words = Mots
key-reading-minutes = Temps de lecture
key-sha256 = SHA-256
key-pages = Pages

## Pays

country-at = Autriche
country-ba = Bosnie-Herzégovine
country-be = Belgique
country-bg = Bulgarie
country-by = Biélorussie
country-ca = Canada
country-ch = Suisse
country-cy = Chypre
country-cz = Tchéquie
country-de = Allemagne
country-dk = Danemark
country-ee = Estonie
country-es = Espagne
country-eu = Union européenne
country-fi = Finlande
country-fr = France
country-gb = Royaume-Uni
country-gr = Grèce
country-hk = Hong Kong
country-hr = Croatie
country-hu = Hongrie
country-ie = Irlande
country-is = Islande
country-it = Italie
country-kz = Kazakhstan
country-lt = Lituanie
country-lu = Luxembourg
country-lv = Lettonie
country-mc = Monaco
country-mt = Malte
country-nl = Pays-Bas
country-no = Norvège
country-pl = Pologne
country-pt = Portugal
country-ro = Roumanie
country-rs = Serbie
country-se = Suède
country-si = Slovénie
country-sk = Slovaquie
country-tr = Turquie
country-ua = Ukraine
country-un = Nations unies
country-us = États-Unis
country-za = Afrique du Sud

## Langues

language-ar = arabe
language-az = azéri
language-be = biélorusse
language-bg = bulgare
language-bs = bosnien
language-ca = catalan
language-cs = tchèque
language-da = danois
language-de = allemand
language-el = grec
language-en = anglais
language-es = espagnol
language-et = estonien
language-eu = basque
language-fa = persan
language-fi = finnois
language-fr = français
language-ga = irlandais
language-gl = galicien
language-he = hébreu
language-hi = hindi
language-hr = croate
language-hu = hongrois
language-hy = arménien
language-it = italien
language-ja = japonais
language-ka = géorgien
language-kk = kazakh
language-ko = coréen
language-ky = kirghize
language-la = latin
language-lb = luxembourgeois
language-lt = lituanien
language-lv = letton
language-mk = macédonien
language-mn = mongol
language-mt = maltais
language-nl = néerlandais
language-no = norvégien
language-nb = norvégien
language-pl = polonais
language-pt = portugais
language-ro = roumain
language-ru = russe
language-sk = slovaque
language-sl = slovène
language-sq = albanais
language-sr = serbe
language-sv = suédois
language-tg = tadjik
language-th = thaï
language-tk = turkmène
language-tr = turc
language-uk = ukrainien
language-ur = ourdou
language-uz = ouzbek
language-vi = vietnamien
language-zh = chinois

## Dates

month-1 = janvier
    .short = janv.
month-2 = février
    .short = févr.
month-3 = mars
    .short = mars
month-4 = avril
    .short = avr.
month-5 = mai
    .short = mai
month-6 = juin
    .short = juin
month-7 = juillet
    .short = juil.
month-8 = août
    .short = août
month-9 = septembre
    .short = sept.
month-10 = octobre
    .short = oct.
month-11 = novembre
    .short = nov.
month-12 = décembre
    .short = déc.
date-day = {$day ->
    [1] 1er
   *[other] {$day}
} {$month} {$year}
date-month = {$month} {$year}
date-moment = {$day} {$month} {$year} {$time}

## Ce qui est écrit sur les touches

keycap-space = Espace
keycap-enter = Entrée
keycap-esc = Échap
keycap-tab = Tab
keycap-backspace = Retour arrière
keycap-delete = Suppr
keycap-insert = Inser
keycap-up = ↑
keycap-down = ↓
keycap-left = ←
keycap-right = →
keycap-home = Début
keycap-end = Fin
keycap-pageup = Pg préc
keycap-pagedown = Pg suiv
keycap-ctrl = Ctrl
keycap-alt = Alt
keycap-shift = Maj

## Ce que l’on veut faire

group-reading = Lire
group-searching = Chercher
group-choosing = Choisir un document
group-keeping = Marquer et copier
group-screen = L’écran
group-general = Aide et sortie

mode-list = liste
mode-reader = texte
mode-sidebar = volet latéral
mode-prompt = saisie
mode-overlay = panneau
mode-select = sélection
mode-outline = plan
mode-note = note

command-line-down = Descendre d’une ligne.
command-line-up = Monter d’une ligne.
command-page-down = Descendre d’une page.
command-page-up = Monter d’une page.
command-half-page-down = Descendre d’une demi-page.
command-half-page-up = Monter d’une demi-page.
command-top = Aller au début ; après un nombre, à ce pourcentage du texte.
command-bottom = Aller à la fin ; après un nombre, à ce pourcentage du texte.
command-next-section = Aller à la section suivante.
command-previous-section = Aller à la section précédente.
command-outline = Ouvrir le plan.
command-next-target = Aller au lien, à la note ou au renvoi suivant.
command-previous-target = Aller au lien, à la note ou au renvoi précédent.
command-counterpart = Aller d’une question à sa réponse, d’un appel à sa note, et revenir.
command-follow = Suivre le lien, la note ou le renvoi choisi ou, à défaut, le premier de l’écran.
command-back = Revenir à l’endroit précédent.
command-forward = Repartir vers l’endroit suivant.
command-go-on = Reprendre là où la ligne a été coupée la dernière fois.
command-original = Montrer le texte tel que dans le fichier, puis revenir.
command-search = Chercher dans le dossier depuis la liste, dans ce document depuis le texte.
command-search-within = Chercher dans ce qui a été trouvé.
command-complete = Compléter le nom d’un champ ou une de ses valeurs ; puis prendre la suivante qui convient.
command-complete-back = Prendre la précédente de celles qui conviennent.
command-next-match = Aller à l’occurrence suivante.
command-previous-match = Aller à l’occurrence précédente.
command-history-previous = Reprendre la recherche tapée avant.
command-history-next = Reprendre la recherche tapée après.
command-list-matches = Lister les occurrences de ce document, chacune dans son contexte.
command-toggle-variants = Chercher aussi les autres graphies des noms, ou seulement ce qui a été tapé.
command-drop-piece = Retirer un élément de la recherche sous l’invite : celui du chiffre.
command-facets = Compter les documents de la liste par date, genre, auteur… et les filtrer.
command-drop-variant = Écarter une des autres graphies : la première, ou celle du compte.
command-more-like-this = Chercher des documents semblables à celui-ci, ou au passage sélectionné.
command-clear-search = Oublier la recherche.
command-save-search = Garder la recherche sous un nom.
command-saved-searches = Montrer les recherches gardées, avec ce que chacune a de nouveau.
command-only-new = D’une recherche gardée, ne montrer que ce qui est nouveau, ou de nouveau tout.
command-forget-search = Dans la liste des recherches gardées : oublier celle qui est choisie ; il faut presser deux fois.
command-rename-search = Dans la liste des recherches gardées : donner un autre nom à celle qui est choisie.
command-not-read = Montrer les fichiers non lus, et pourquoi.
command-open = Ouvrir le document choisi ; dans une saisie, accepter ce qui est tapé.
command-next-document = Aller au document suivant.
command-previous-document = Aller au document précédent.
command-toggle-group = Ouvrir le groupe de doublons du document choisi, ou le replier.
command-toggle-groups = Replier les doublons de la liste, ou les montrer tous.
command-sort = Trier la liste autrement : par pertinence, date ou titre.
command-set-mark = Poser une marque ici : tapez ensuite une lettre.
command-go-to-mark = Aller à une marque : tapez sa lettre, ou ' pour l’endroit précédent.
command-select = Commencer à sélectionner du texte, ou finir.
command-copy = Copier la sélection ou, à défaut, le paragraphe de l’occurrence, ou le premier de la page.
command-select-left = Déplacer la fin de la sélection d’un caractère vers la gauche.
command-select-right = Déplacer la fin de la sélection d’un caractère vers la droite.
command-select-word = Déplacer la fin de la sélection d’un mot vers l’avant.
command-select-word-back = Déplacer la fin de la sélection d’un mot vers l’arrière.
command-browse = Ouvrir dans un navigateur la page officielle du document ou le lien voisin.
command-edit = Ouvrir le fichier dans un éditeur.
command-next-pane = Passer au volet suivant.
command-previous-pane = Passer au volet précédent.
command-zoom = Montrer le texte seul, puis revenir.
command-sidebar = Montrer ou cacher le volet latéral.
command-wider = Allonger les lignes du texte.
command-narrower = Raccourcir les lignes du texte.
command-theme = Prendre le thème suivant.
command-mouse = Donner la souris à Lutrin, ou la rendre au terminal.
command-language = Changer la langue de l’interface.
command-redraw = Redessiner l’écran.
command-palette = Trouver une commande par son nom.
command-help = Montrer les touches et ce qu’elles font.
command-cancel = Revenir d’un pas : fermer ce qui est ouvert, puis oublier la recherche ; ne jamais quitter.
command-quit = Remonter d’un niveau ; depuis la liste, quitter.
command-quit-now = Quitter aussitôt.
command-suspend = S’arrêter un moment ; fg dans le shell fait revenir.

## Réglages et thèmes

config-at = {$file}, ligne {$line} : {$what}
config-syntax = ce n’est pas du TOML valable ({$detail}) ; les réglages par défaut servent.
config-no-setting = aucun réglage ne s’appelle « {$name} ».
config-no-mode = aucun mode ne s’appelle « {$name} ».
config-no-command = aucune commande ne s’appelle « {$name} ».
config-no-key = aucune touche ne s’appelle « {$keys} ».
config-wrong = « {$name} » doit être {$expected}
config-key-is-text = « {$keys} » ne peut servir de touche : dans la saisie, c’est du texte.
config-key-is-count = « {$keys} » ne peut servir de touche : les chiffres sont des nombres de répétitions.
config-key-waits = « {$keys} » attendra un instant, parce que « {$longer} » commence ainsi.
config-unreadable = Les réglages n’ont pas pu être lus, ceux par défaut servent : {$path}
expected-text = un texte entre guillemets.
expected-yes-or-no = true ou false.
expected-number = un nombre de {$from} à {$to}.
expected-choice = l’un de ceux-ci : {$choices}.
expected-command = le nom d’une commande, ou "" pour aucune.
expected-table = une table.
expected-face = un aspect, comme {"{"} bold = true {"}"}.
expected-color = un nombre de 0 à 255, un nom comme « {$example} », #rrggbb ou default.
theme-unknown = Aucun thème ne s’appelle « {$name} ».
theme-no-role = aucun rôle ne s’appelle « {$name} ».
theme-no-part = un aspect n’a pas de « {$name} ».
did-you-mean = {$what} Serait-ce « {$near} » ?

## La ligne de commande

cli-usage = Usage :
cli-commands = Commandes{" "}
cli-options = Options{" "}
cli-arguments = Arguments{" "}
cli-after-help = Un chemin qui porte le nom d’une commande s’ouvre par ./CHEMIN. Touches : {"?"} dans le lecteur, ou le manuel : lutrin man
cli-usage-lutrin = {"  "}lutrin [OPTIONS] [+/MOTS] [CHEMIN[#ENDROIT]]...
    {"  "}lutrin --record FICHIER [--mask] [CHEMIN[#ENDROIT]]...
    {"  "}lutrin --replay FICHIER
    {"  "}lutrin [OPTIONS] COMMANDE
cli-usage-index = {"  "}lutrin index [--no-wait] [CHEMIN]...
cli-usage-list = {"  "}lutrin list [--json] [--sort MOT] [CHEMIN]...
    {"  "}lutrin list --not-read [--json] [CHEMIN]...
cli-usage-search = {"  "}lutrin search [--json] [--limit N] [--sort MOT] [--no-variants] REQUÊTE [CHEMIN]...
    {"  "}lutrin search --batch FICHIER [--places | --json] [--no-variants] [CHEMIN]...
    {"  "}lutrin search --save NOM REQUÊTE [CHEMIN]...
    {"  "}lutrin search --saved NOM [--new] [--json] [--limit N] [--sort MOT]
cli-usage-searches = {"  "}lutrin searches [--json | --forget NOM]
cli-usage-show = {"  "}lutrin show [--json | --text | --outline | --original] [--width N] DOCUMENT[#ENDROIT]
cli-usage-library = {"  "}lutrin library [list | name RACINE NOM | forget RACINE...]
cli-usage-library-list = {"  "}lutrin library list
cli-usage-library-name = {"  "}lutrin library name RACINE NOM
cli-usage-library-forget = {"  "}lutrin library forget [--no-wait] RACINE...
cli-usage-doctor = {"  "}lutrin doctor
cli-usage-completions = {"  "}lutrin completions SHELL
cli-usage-man = {"  "}lutrin man
cli-about-lutrin = Un lecteur de dossiers de documents officiels : y chercher et les lire.
cli-about-index = Mettre l’index à jour et dire ce qui a changé.
cli-about-list = Donner la liste des documents.
cli-about-search = Chercher dans les documents.
cli-about-searches = Montrer les recherches gardées, avec ce que chacune a de nouveau.
cli-about-show = Écrire un document, ou une partie.
cli-about-library = Montrer, nommer ou oublier les dossiers indexés.
cli-about-library-list = Montrer les dossiers indexés.
cli-about-library-name = Donner un nom à un dossier indexé.
cli-about-library-forget = Oublier des dossiers indexés : index, texte et endroits, mais non vos notes.
cli-about-doctor = Dire ce que peut ce terminal, où sont les fichiers et comment va l’index.
cli-about-completions = Écrire les complétions pour un shell.
cli-about-man = Écrire la page de manuel.
cli-arg-open = Fichiers et dossiers à ouvrir, - pour l’entrée standard ; sans rien, la dernière bibliothèque ouverte. #ENDROIT ouvre à un endroit (recital-C, paragraph-12, answer-3, @123), +/MOTS à la première occurrence
cli-arg-paths = Fichiers et dossiers ; sans rien, la dernière bibliothèque ouverte
cli-arg-query = Ce que l’on cherche : des mots, "une suite de mots"
cli-arg-document = Un chemin, ou un identifiant tel que list et search l’écrivent, et peut-être un endroit
cli-arg-root = Un dossier indexé, par son chemin ou son nom
cli-arg-roots = Des dossiers indexés, par leur chemin ou leur nom
cli-arg-name = Son nom
cli-arg-shell = bash, elvish, fish, powershell ou zsh
cli-value-path = CHEMIN
cli-value-query = REQUÊTE
cli-value-document = DOCUMENT[#ENDROIT]
cli-value-root = RACINE
cli-value-name = NOM
cli-value-shell = SHELL
cli-value-number = N
cli-value-file = FICHIER
cli-value-choice = MOT
cli-opt-help = Montrer cette aide
cli-opt-version = Montrer la version
cli-opt-ascii = Tracer filets, repères et barres en simple ASCII
cli-opt-no-mouse = Laisser la souris au terminal
cli-opt-theme = Les couleurs : dark, light, 16, mono, ou un thème à vous
cli-opt-language = La langue de l’interface : en ou fr
cli-opt-record = Garder dans un fichier les octets et les touches de la séance, pour signaler un défaut
cli-opt-mask = N’y garder aucun mot des documents ni de ce qui est tapé dans une invite
cli-opt-replay = Montrer ce qui a été enregistré
cli-opt-json = Écrire du JSON
cli-opt-sort = L’ordre : relevance (pertinence), date ou title (titre)
cli-opt-no-wait = Ne pas attendre pendant qu’un autre Lutrin écrit l’index
cli-opt-not-read = Les fichiers non lus à la place, avec la raison
cli-opt-limit = N’en donner pas plus que ce nombre
cli-opt-no-variants = Ne pas chercher les autres graphies des noms
cli-opt-save = Garder la recherche sous un nom
cli-opt-saved = Refaire une recherche gardée et dire ce qui est nouveau depuis qu’elle a été vue
cli-opt-new = Ne dire que ce qui est nouveau
cli-opt-forget = Oublier une recherche gardée
cli-opt-batch = Chercher chaque ligne d’un fichier (- pour l’entrée standard) et écrire un tableau : une ligne par document, une colonne par recherche
cli-opt-places = Écrire plutôt une ligne par endroit
cli-opt-text = Écrire le texte (c’est ce qui est fait par défaut)
cli-opt-outline = Écrire le plan
cli-opt-original = Écrire le texte tel que dans le fichier
cli-opt-width = Couper les lignes à ce nombre de colonnes
cli-unknown-letter = Il n’y a pas ici d’option « {$name} » ; une recherche ou un fichier dont le nom commence par un tiret se place après « -- ».
cli-unknown-option = Il n’y a pas ici d’option « {$name} ».
cli-unexpected = « {$name} » n’est pas attendu ici.
cli-no-command = Aucune commande ne s’appelle « {$name} ».
cli-wrong-value = « {$option} » est l’un de ceux-ci : {$choices}, et non « {$value} ».
cli-missing-value = « {$option} » demande une valeur.
cli-wrong-number = « {$option} » demande un nombre, et non « {$value} ».
cli-conflict = « {$option} » et « {$other} » ne vont pas ensemble.
cli-missing = Il manque {$what}.
cli-not-text = Un mot de la ligne de commande n’est pas un texte valable.
cli-words-twice = +/MOTS ne peut être donné qu’une fois.
cli-wrong = La ligne de commande n’est pas comprise ; lutrin --help dit comment l’écrire.

## Le manuel et la table des touches

man-name = Nom
man-description = Description
man-keys = Touches
keys-preface = Les touches de Lutrin et les noms de ses commandes, tels que config.toml et la palette les emploient. Un nombre tapé devant une touche la répète.
keys-column-keys = Touches
keys-column-where = Où
keys-column-what = Ce qu’elle fait
keys-column-name = Nom
keys-everywhere = partout
keys-by-name = par son nom, dans la palette

## Lire et choisir

labelled = {$label} : {$value}
link-leads-nowhere = Ce lien ne mène nulle part d’ici : {$address}
no-such-language = Lutrin parle en et fr, pas « {$name} ».
no-such-note = Ce document n’a pas de note {$label}.
no-such-place = Ce document n’a pas d’endroit « {$place} ».
no-such-sort = La liste se trie par relevance, date ou title, pas par « {$name} ».
search-wrapped-first = Retour au premier document, après le dernier.
search-wrapped-last = Au dernier document, avant le premier.
searching = Recherche…

## L’index et les requêtes

index-locked = Un autre Lutrin écrit dans l’index de {$path} ; celui-ci continue en lecture seule.
index-full = Le disque est plein : l’index de {$path} n’a pas pu être écrit. Libérez de la place et indexez de nouveau ; ce qui était déjà indexé est intact.
index-damaged = L’index de {$path} est endommagé ({$detail}). Il va être reconstruit.
index-io = L’index de {$path} n’a pas pu être utilisé : {$detail}.
hint-query-without-words = « {$detail} » ne contient ni lettre ni chiffre à rechercher.
hint-query-too-long = La recherche est trop longue ; la suite, à partir de « {$detail} », a été ignorée.
hint-unclosed-quote = Aucun guillemet ne ferme « {$detail} » : tout a été pris pour une expression jusqu’à la fin.
hint-unclosed-bracket = Aucune parenthèse ne ferme « {$detail} » : tout a été pris pour un groupe jusqu’à la fin.
hint-stray-bracket = Une parenthèse de « {$detail} » est seule ; le reste a été recherché comme du texte.
hint-or-alone = « {$detail} » relie deux recherches ; ici, il n’a rien à relier et a été recherché comme un mot.
hint-near-alone = « {$detail} » demande un mot avant et un mot après ; il a été recherché comme du texte.
hint-distance-too-large = Des mots ne se recherchent pas à plus de {$detail} mots les uns des autres.
hint-unknown-field = « {$detail} » n’est pas le nom d’un champ (titre, auteur, numéro, genre, institution, pays, ministère, rubrique, langue, date, posée, répondue, chemin) ; tout a été recherché comme du texte.
hint-bad-pattern = « {$detail} » n’est pas un motif de mots, ou il est trop grand ; il a été cherché comme texte.
hint-not-an-operator = « {$detail} » est cherché comme un mot : OR sépare deux possibilités, - exclut un mot, et tous les autres mots sont exigés.
hint-no-such-part = Aucune partie ne s’appelle « {$detail} » ; il y a titre, section, question, réponse, visa, considérant, paragraphe, article, chapitre, intervention, note, fiche.
hint-no-tags = Il n’y a pas encore d’étiquettes ; « {$detail} » a été cherché comme texte.
hint-not-a-date = « {$detail} » n’est pas une date comme 2022, 2022-03, 2022-03-15 ou 2019..2022-03 ; tout a été recherché comme du texte.
hint-alias-not-toml = Le fichier d’alias n’est pas du TOML valide et n’est pas pris : {$detail}
hint-alias-unexpected = Le fichier d’alias contient autre chose que des alias et n’est pas pris : {$detail}
hint-alias-few-names = Un alias a au moins deux noms ; le fichier n’est pas pris : {$detail}
hint-alias-empty-name = Un nom d’alias n’a ni lettre ni chiffre ; le fichier n’est pas pris : {$detail}
hint-alias-repeated = Un nom est dans deux alias ; le fichier n’est pas pris : {$detail}
hint-alias-unreadable = Le fichier d’alias ne peut être lu et n’est pas pris : {$detail}
hint-alias-too-large = Le fichier d’alias est trop grand et n’est pas pris : {$detail}

## Le terminal

terminal-none = Il n’y a pas de terminal sur lequel afficher le lecteur.
terminal-dumb = Ce terminal ne sait pas déplacer son curseur (TERM est vide ou vaut « dumb ») : le lecteur ne peut y être affiché.
record-failed = On ne peut pas enregistrer dans {$path} : {$error}
record-other-file = {$path} existe et n’est pas un enregistrement ; il est resté tel quel. Donnez un autre fichier après --record.
record-stopped = L’enregistrement s’est arrêté : {$error}
replay-unreadable = L’enregistrement {$path} ne peut pas être lu : {$error}
replay-other-file = {$path} n’est pas un enregistrement (asciicast, version 2).
replay-damaged = {$lines ->
    [one] {$lines} ligne de l’enregistrement n’a pas pu être lue.
   *[other] {$lines} lignes de l’enregistrement n’ont pas pu être lues.
}
replay-playing = lecture
replay-paused = pause
replay-over = fin
replay-place = {$state} · {$time} sur {$length} · image {$frame}/{$frames} · {$bytes ->
    [one] {$bytes} octet
   *[other] {$bytes} octets
}
replay-key = touche {$key}
replay-larger = en haut à gauche de {$size}
replay-hints = Espace pause, → ← images, s cette ligne, q quitter
terminal-failed = Le terminal n’a pas pu être préparé : {$error}
clipboard-too-long = Le texte est trop long pour le presse-papiers : {$bytes} octets, alors que les terminaux en acceptent {$most} au plus.
clipboard-unsent = Rien n’a été copié : le terminal n’a pas pris les octets.
program-not-started = {$program} n’a pas pu être lancé : {$error}
program-failed = {$program} s’est terminé par une erreur : {$status}
program-not-an-address = Ce n’est pas une adresse du Web (http ou https) ; elle n’a pas été ouverte.

## La bibliothèque

library-missing = Il n’y a rien à l’adresse {$path}.
library-forbidden = {$path} ne peut être lu : demandez-en le droit à son propriétaire.
library-not-a-file = {$path} n’est ni un fichier ni un dossier.
library-no-home = Aucun dossier personnel n’est connu : donnez à LUTRIN_HOME un dossier où l’on puisse écrire.
library-home-unusable = Le dossier de Lutrin ne peut servir ({$path} : {$detail}). Donnez à LUTRIN_HOME un dossier où l’on puisse écrire.
library-disk-full = Le disque de {$path} est plein : faites de la place et rouvrez Lutrin.
library-writer-elsewhere = Un autre Lutrin est en train d’écrire ; celui-ci lit ce qui est là.
library-damaged = Le catalogue {$path} est endommagé ({$detail}) ; il est mis de côté et refait à la prochaine ouverture.
library-moved-aside = Le catalogue n’a pas pu être lu et il est refait ; l’ancien est gardé sous le nom {$path}.
library-nothing-left = Plus aucun fichier ni dossier n’est indexé : nommez-en un, ou lutrin index DOSSIER
library-gone = Le document n’est plus dans la bibliothèque.

## Le carnet

notebook-newer = Vos marques et vos places viennent d’un Lutrin plus récent ({$path}) : elles restent telles quelles, et les marques posées maintenant seront oubliées à la sortie.
notebook-damaged = Vos marques et vos places ne peuvent être lues ({$path} : {$detail}) : le fichier reste tel quel, et les marques posées maintenant seront oubliées à la sortie.
notebook-full = Le disque de {$path} est plein : la marque ou la place n’a pas été gardée.
notebook-busy = Un autre Lutrin écrit dans {$path} : la marque ou la place n’a pas été gardée ; réessayez.
notebook-unusable = Les marques et les places ne peuvent être gardées ({$path} : {$detail}).

## Fichiers qui ne donnent pas de document

extract-empty = Le fichier est vide.
extract-binary = Le fichier ne contient pas de texte.
extract-unsupported = Lutrin ne lit pas encore ce format : {$format}.
extract-damaged = Le fichier est endommagé et ne peut être lu comme {$format}.
extract-too-large = Le fichier dépasse {$megabytes} Mo.
warning-invalid-bytes = Octets qui ne veulent rien dire dans l’encodage du fichier : {$detail}. Chacun est montré par �.
warning-ill-formed = Le balisage de ce fichier est abîmé ; il est lu comme un simple texte balisé.
warning-impossible-date = La date {$detail} n’existe dans aucun calendrier ; elle n’est pas retenue comme date.
problem-permission = Vous n’avez pas le droit de lire ce fichier.
problem-io = Le fichier n’a pas pu être lu : {$detail}
problem-not-a-file = Ce n’est ni un fichier ni un dossier.
problem-reader-failed = Le fichier a fait échouer la lecture de Lutrin ; merci de le signaler.
problem-ignored = {$detail ->
    [folder] Une règle de .gitignore ou de .ignore écarte ce dossier.
   *[other] Une règle de .gitignore ou de .ignore l’écarte.
}
reason-empty = sans texte
    .short = vides
reason-binary = pas de texte, un autre genre de fichier
    .short = pas de texte
reason-unsupported = {$detail}, pas encore lu
    .short = {$detail}
reason-damaged = {$detail}, endommagé
reason-too-large = plus de {$megabytes} Mo
reason-permission = lecture refusée
reason-io = lecture impossible ({$detail})
    .short = lecture impossible
reason-not-a-file = ni fichier ni dossier
reason-reader-failed = la lecture par Lutrin a échoué
reason-link = liens, non suivis
    .short = liens
reason-missing = absent
reason-ignored = {$detail ->
    [folder] dossiers écartés par .gitignore ou .ignore
   *[other] écartés par .gitignore ou .ignore
}
    .short = {$detail ->
    [folder] dossiers écartés
   *[other] écartés
}
problem-link = C’est un lien symbolique, qui n’est pas suivi.
problem-missing = Le fichier n’est pas là.
worker-failed = Une erreur interne est survenue ; Lutrin en dira le détail en quittant. Merci de la signaler.
suspend-nowhere = Il n’y a pas d’interpréteur de commandes où retourner.
problem-of = {$path} : {$problem}
library-has-no-root = Aucun fichier ni dossier n’est encore indexé : lutrin index DOSSIER
library-forgotten = Oublié : {$path} ({$documents ->
    [one] {$documents} document
   *[other] {$documents} documents
})
library-no-such-root = Aucun dossier indexé n’a ce chemin ni ce nom : {$name}
answer-not-written = La réponse n’a pu être écrite : {$detail}
answer-no-input = L’entrée standard n’a pu être lue : {$detail}
batch-one-input = L’entrée standard ne peut contenir à la fois les recherches et le document.
batch-unreadable = Les recherches ne se lisent pas dans {$path} : {$detail}
batch-not-text = {$path}, ligne {$line} : ce n’est pas du texte en UTF-8.
batch-empty = {$path} ne contient aucune recherche : une par ligne, sans compter les lignes vides et celles qui commencent par #.
batch-at = {$path}, ligne {$line} ({$name}) : {$what}
batch-found = {$names ->
    [one] {$names} recherche
   *[other] {$names} recherches
}, {$missing} sans résultat · {$documents ->
    [one] {$documents} document
   *[other] {$documents} documents
} · {$matches ->
    [one] {$matches} occurrence
   *[other] {$matches} occurrences
}
answer-nothing-is-kept = Les fichiers sont lus malgré tout ; rien n’est conservé.
index-skipped-one = écarté
index-without-text-one = sans texte
index-unreadable-one = illisible
show-first-of-several = {$name} contient {$documents} documents ; voici le premier, {$id}. lutrin list montre les autres.
show-folder = C’est un dossier ; lutrin list en montre les documents : {$path}
show-no-document = Aucun document n’a ce chemin ni cet identifiant : {$name}
show-no-place = {$name} n’a pas de tel endroit : {$place}
doctor-terminal = Terminal
doctor-size = taille
doctor-none = ce n’est pas un terminal
doctor-name = nom et version
doctor-colors = couleurs
doctor-colors-none = aucune
doctor-colors-16 = 16
doctor-colors-256 = 256
doctor-colors-many = 16 millions
doctor-ssh = par ssh
doctor-inside = dans
doctor-promised = d’après son TERM
doctor-nothing = rien de certain
doctor-can-scrolls = les lignes défilent
doctor-can-scrolls-columns = les colonnes défilent
doctor-can-erases-cells = des cases s’effacent sur place
doctor-can-repeats = les caractères se répètent
doctor-can-erases-in-color = ce qui est effacé prend le fond
doctor-can-scrolls-many = plusieurs lignes défilent à la fois
doctor-answers = Ce que répond le terminal
doctor-no-answer = pas de réponse
doctor-round-trip = question et réponse
doctor-milliseconds = {$milliseconds} ms
doctor-columns = marges de colonnes (DECSLRM)
doctor-synchronized = affichage synchronisé
doctor-paste = collage encadré
doctor-position = place du curseur
doctor-primary = attributs primaires (DA1)
doctor-secondary = attributs secondaires (DA2)
doctor-yes = oui
doctor-no = non
doctor-always = toujours
doctor-never-on = jamais
doctor-unknown = inconnu de lui
doctor-last-run = Dernière séance sur ce terminal
doctor-ended = finie
doctor-duration = durée
doctor-seconds = {$seconds} s
doctor-keys = touches
doctor-frames = images
doctor-bytes = octets
doctor-largest-frame = octets de la plus grande image
doctor-rate = octets par seconde que la ligne a pris
doctor-columns-seen = on a vu des colonnes défiler
doctor-files = Fichiers
doctor-configuration = configuration
doctor-catalogue = catalogue
doctor-index = index
doctor-state = état
doctor-absent = absent
doctor-kilobytes = {$kilobytes} ko
doctor-health = Bibliothèque
doctor-roots = fichiers et dossiers indexés
doctor-documents = documents
doctor-in-index = documents dans l’index
doctor-unreadable = illisibles
doctor-skipped = écartés
doctor-without-text = sans texte
doctor-updated = mise à jour
doctor-never = jamais
doctor-writer = écrivain
doctor-writer-free = aucun
doctor-writer-elsewhere = un autre Lutrin
doctor-sound = en bon état
doctor-damaged = endommagé
