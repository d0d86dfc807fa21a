# Every sentence Lutrin says, in English. The French file has the same ids with the same arguments; a test compares them.
# A message may have a short form for narrow windows (.short) and, for places, one without a label (.bare).

## Where I am

status-match = match {$current}/{$total}
    .short = {$current}/{$total}
status-document = document {$current}/{$total}
    .short = doc. {$current}/{$total}
status-not-listed = not in this list
    .short = not listed
status-percent = {$percent}%
status-indexing = indexing {$done} of {$found} files
    .short = {$done}/{$found}
status-original = as it was in the file
status-new-hits = +{$documents} new

## What was found

found-in-document = {$matches ->
    [one] {$matches} match
   *[other] {$matches} matches
}
    .short = {$matches}
duplicate-identical = identical to {$document}
duplicate-near = similar to {$document}
duplicates-identical = +{$documents} identical
duplicates-near = +{$documents} similar
groups-on = Duplicates are folded.
groups-off = Duplicates are no longer folded.
group-none = This document has no duplicate in the list.
found-none = nothing found
search-unanswered = not searched
    .short = 0
documents = {$documents ->
    [one] {$documents} document
   *[other] {$documents} documents
}
    .short = {$documents} doc.

## Nothing to show

empty-library = No document here yet. Name a file or a folder: lutrin FOLDER
empty-library-indexing = Still reading the files; documents appear here as they are read.
empty-search = Nothing matches “{$query}”.
zero-without = without “{$text}”: {$found}
zero-loosely = the words of “{$text}” anywhere, in any form: {$found}
zero-slip = {$text}~ with a slip of the pen: {$found}
empty-search-so-far = Nothing matches “{$query}” so far.
index-updated = index of {$moment}
index-incomplete = Not all files have been read.
still-reading = Still reading the files.
so-far = {$found} so far
    .short = {$found}…
files-not-read = {$files ->
    [one] {$files} file not read
   *[other] {$files} files not read
}
    .short = {$files} not read
not-read-which = :not-read lists them.
not-read-how = lutrin list --not-read lists them.
not-read-none = Every file was read.
not-read-title = Files not read
none-read-yet = {$files ->
    [one] The one file here cannot be read yet: {$reasons}.
   *[other] None of the {$files} files here can be read yet: {$reasons}.
}
none-read = {$files ->
    [one] The one file here was not read: {$reasons}.
   *[other] None of the {$files} files here was read: {$reasons}.
}
reason-count = {$reason}: {$files}
built-in = built-in sample
built-in-searched = This is the built-in sample; to open your own files: lutrin FOLDER
new-documents = {$documents} new
    .short = +{$documents}
new-documents-of = {$documents} new of {$all}
    .short = +{$documents}/{$all}
row-new = new
searches-title = Saved searches
searches-none = No search is saved yet: {$key} keeps the one on the screen.
search-counts = {$documents ->
    [one] {$documents} document
   *[other] {$documents} documents
}
search-looked = looked at {$moment}
search-of = made over {$path}
search-in-part = not all of it is understood
search-cut = too long: its end is left out
search-marked = {" "}({$mark})
save-title = Save as
rename-title = Another name
save-no-search = There is no search of the dossier to save: begin one in the list.
save-no-name = A search needs a name.
search-saved = Saved: “{$name}”{$marked}. {$key} lists the saved searches.
search-saved-for-now = Saved until you leave, because nothing is kept here: “{$name}”{$marked}.
search-name-taken = Another search is called “{$name}” already: choose another name.
search-elsewhere = What is new is told where this search was made: {$path}
search-forget-again = {$key} again forgets “{$name}”; any other key keeps it.
search-forgotten = Forgotten: “{$name}”.
new-none = Nothing is new in this search.
new-no-search = Only saved searches say what is new: {$key} lists them.
search-kept = Saved: “{$name}”{$marked}. lutrin search --saved runs it again.
search-not-kept = “{$name}” was not saved, because nothing is kept of what was searched.
search-unknown = There is no saved search “{$name}”; lutrin searches lists them.
searches-none-yet = No search is saved yet: lutrin search --save NAME QUERY
filter-none = nothing matches
no-outline = This document has no outline.
empty-reader = No document is open.

## Searching

search-wrapped-top = Back at the first match, after the last.
search-wrapped-bottom = At the last match, before the first.
search-next-document = Next document: {$title}
search-no-query = Nothing has been searched for yet: {$key} searches.
variants-on = Names are looked for in their other spellings too.
variants-off = Names are looked for as they were typed.
variants-none = No other spelling is looked for.
also-spelled = also {$names}
    .short = {$count ->
        [one] +1 spelling
       *[other] +{$count} spellings
    }
alike-none = No other document shares a telling word with this one.
complete-none = Nothing known begins so.
piece-not = without {$what}
piece-or = or
piece-phrase = “{$text}”
piece-exact = exactly {$text}
piece-fuzzy = roughly {$text}
piece-near = {$text} within {$words ->
    [one] 1 word
   *[other] {$words} words
}
piece-field = {$field}: {$value}
field-title = title
field-number = number
field-heading = heading
field-in = in
field-path = path
piece-asked = asked {$days}
piece-answered = answered {$days}
pieces-drop = {$key} drops the first
pieces-none = Nothing stands there that could be dropped.
pieces-fewer = There is no piece {$number}.
search-no-match = No match in this document.
search-cleared = The search is forgotten.
prompt-document = Search this document
    .short = Here

## Moving

document-first = This is the first document.
document-last = This is the last document.
section-first = There is no section before.
section-last = There is no section after.
counterpart-none = There is no question and answer here.
unanswered-here = This question has no answer here.
unasked-here = The question to this answer is not here.
target-none = No link, note or reference further on.
target-none-before = No link, note or reference before.
reference-gone = The document referred to is no longer in the library.
note-foot = {$go} go to the note  {$close} close
note-foot-close = {$close} close
back-none = There is nowhere to go back to.
forward-none = There is nowhere to go forward to.
follow-none = No link, note or reference here.
original-on = As it was in the file; {$key} comes back.

## Marks, copies, other programs

interruption-offered = {$key} goes on where you were cut off on {$moment}: {$title}
interruption-none = Nothing was cut off here.
interruption-gone = “{$title}” is no longer in this dossier; the rest is as it was.
interruption-moved = The text has changed, and the words you had reached are gone; the rest is as it was.
mark-which = Set which mark? A letter.
mark-go-which = Go to which mark? A letter, or ' for where you were.
mark-set = Mark {$mark} is set.
mark-set-for-now = Mark {$mark} is set until you leave: nothing is kept here.
mark-unkept = Mark {$mark} was not kept. {$reason}
place-unkept = The place where you left a document was not kept. {$reason}
mark-unknown = There is no mark {$mark}.
mark-wrong = A mark is a letter.
mark-lost = Mark {$mark} is lost: the words it stood at are gone, or stand in several places.
mark-elsewhere = Mark {$mark} is in {$path}, which is not in this dossier.
copied = {$characters ->
    [one] {$characters} character copied.
   *[other] {$characters} characters copied.
}
nothing-to-copy = There is nothing to copy.
browse-none = This document names no page on the web.
browse-opened = Opened in the browser: {$address}
edit-none = This document is not a file of its own: there is nothing to edit.

## The screen

mouse-on = The mouse works in Lutrin; the terminal’s own selection waits until you switch it off.
mouse-off = The mouse belongs to the terminal.
theme-is = Theme: {$theme}
language-is = The interface speaks English.
measure-is = Measure: {$columns} columns
sort-is = Sorted by {$sort}.
sort-relevance = relevance
sort-date = date
sort-title = title

## Commands

no-such-command = There is no command “{$name}”.
command-not-here = “{$name}” does nothing here.
key-unbound = {$key} does nothing here; {$help} shows the keys.
outline-title = Outline
matches-title = Matches in this document
help-title = Help
palette-title = Commands
facets-title = Facets
facet-date = Date
facet-kind = Kind
facet-institution = Institution
facet-country = Country
facet-author = Author
facet-ministry = Ministry
facet-language = Language
facet-undated = undated
facet-more = {$values ->
    [one] {$values} more…
   *[other] {$values} more…
}
facet-not-alone = This filter is bound up in “{$query}”: change it with /.

## Hints

hint-help = {$key} help
    .short = {$key}
hint-next = {$key} next
hint-previous = {$key} previous
hint-open = {$key} open
hint-search = {$key} search
hint-close = {$key} close
hint-accept = {$key} accept
hint-list = {$key} list
hint-run = {$key} run
hint-rename = {$key} rename
hint-forget = {$key} forget
hint-save = {$key} save
hint-filter = {$key} or type to filter
hint-narrow = {$key} filter

## The sidebar

caption-outline = Outline
caption-acronyms = Acronyms
caption-references = References
caption-cited-by = Cited by
on-page = {$value}, p. {$page}
more-lines = and {$lines} more
answered-after = {$days ->
    [0] answered the same day
    [one] answered after {$days} day
   *[other] answered after {$days} days
}
unanswered = no answer in this document
unknown-date = undated
words = {$words ->
    [one] {$words} word
   *[other] {$words} words
}
reading-time = {$minutes} min
pages = {$pages ->
    [one] {$pages} page
   *[other] {$pages} pages
}

## Documents and the index

index-elsewhere = Another Lutrin is writing the index; this one reads along.
index-waiting = Another Lutrin is writing the index: waiting until it is done (--no-wait: do not wait).
index-refused = Not indexed: another Lutrin is writing the index.
library-not-forgotten = Not forgotten: another Lutrin is writing the index.
index-not-ready = Another Lutrin is making the index: try again when it is done.
index-filling = The index is not whole; it is filled first.
built-in-answers = Nothing is indexed yet: the built-in sample answers. For your own files: lutrin index FOLDER
index-report = {$added} added, {$changed} changed, {$removed} removed, {$skipped} skipped, {$unreadable} unreadable, {$empty} without text
document-loading = Opening…

## Genres

genre-written-question = Written question
    .short = Question
genre-oral-question = Oral question
    .short = Question
genre-government-question = Question to the government
    .short = Question
genre-ministerial-reply = Ministerial reply
    .short = Reply
genre-resolution = Resolution
genre-letter = Letter
genre-act = Act
genre-judgment = Judgment
genre-debate = Debate
genre-report = Report
genre-document = Document

## Parts of a document

place-heading = {$label}
    .short = {$label}
    .bare = section
place-question = question {$label}
    .short = q. {$label}
    .bare = question
place-answer = answer to question {$label}
    .short = ans. {$label}
    .bare = answer
place-citation = citation {$label}
    .short = cit. {$label}
    .bare = citation
place-recital = recital {$label}
    .short = rec. {$label}
    .bare = recital
place-paragraph = § {$label}
    .short = § {$label}
    .bare = paragraph
place-point = {$whole}, {$label})
    .short = {$whole}, {$label})
place-in-article = {$whole}, § {$label}
    .short = {$whole}, § {$label}
place-article = article {$label}
    .short = art. {$label}
    .bare = article
place-chapter = chapter {$label}
    .short = ch. {$label}
    .bare = chapter
place-speech = speech of {$label}
    .short = {$label}
    .bare = speech
place-speech-number = speech {$label}
    .short = sp. {$label}
place-note = note {$label}
    .short = n. {$label}
    .bare = note
place-key-data = key data
    .short = data
    .bare = key data

## Facts about a document

key-institution = Institution
key-country = Country
key-legislature = Legislature
key-number = Number
key-question-type = Kind of question
key-heading = Heading
key-author = Author
key-asked-by = Asked by
key-constituency = Constituency
key-group = Group
key-ministry-asked = Ministry asked
key-ministry-answering = Ministry answering
key-asked-on = Asked on
key-asked-page = Question’s page
key-answered-on = Answered on
key-answered-page = Answer’s page
key-adopted-on = Adopted on
key-dated = Dated
key-place = Place
key-addressee = To
key-sender = From
key-subject = Subject
key-signatories = Signatories
key-source-url = Source
key-words = Words
key-reading-minutes = Reading time
key-sha256 = SHA-256
key-pages = Pages

## Countries

country-at = Austria
country-ba = Bosnia and Herzegovina
country-be = Belgium
country-bg = Bulgaria
country-by = Belarus
country-ca = Canada
country-ch = Switzerland
country-cy = Cyprus
country-cz = Czechia
country-de = Germany
country-dk = Denmark
country-ee = Estonia
country-es = Spain
country-eu = European Union
country-fi = Finland
country-fr = France
country-gb = United Kingdom
country-gr = Greece
country-hk = Hong Kong
country-hr = Croatia
country-hu = Hungary
country-ie = Ireland
country-is = Iceland
country-it = Italy
country-kz = Kazakhstan
country-lt = Lithuania
country-lu = Luxembourg
country-lv = Latvia
country-mc = Monaco
country-mt = Malta
country-nl = Netherlands
country-no = Norway
country-pl = Poland
country-pt = Portugal
country-ro = Romania
country-rs = Serbia
country-se = Sweden
country-si = Slovenia
country-sk = Slovakia
country-tr = Turkey
country-ua = Ukraine
country-un = United Nations
country-us = United States
country-za = South Africa

## Languages

language-ar = Arabic
language-az = Azerbaijani
language-be = Belarusian
language-bg = Bulgarian
language-bs = Bosnian
language-ca = Catalan
language-cs = Czech
language-da = Danish
language-de = German
language-el = Greek
language-en = English
language-es = Spanish
language-et = Estonian
language-eu = Basque
language-fa = Persian
language-fi = Finnish
language-fr = French
language-ga = Irish
language-gl = Galician
language-he = Hebrew
language-hi = Hindi
language-hr = Croatian
language-hu = Hungarian
language-hy = Armenian
language-it = Italian
language-ja = Japanese
language-ka = Georgian
language-kk = Kazakh
language-ko = Korean
language-ky = Kyrgyz
language-la = Latin
language-lb = Luxembourgish
language-lt = Lithuanian
language-lv = Latvian
language-mk = Macedonian
language-mn = Mongolian
language-mt = Maltese
language-nl = Dutch
language-no = Norwegian
language-nb = Norwegian
language-pl = Polish
language-pt = Portuguese
language-ro = Romanian
language-ru = Russian
language-sk = Slovak
language-sl = Slovenian
language-sq = Albanian
language-sr = Serbian
language-sv = Swedish
language-tg = Tajik
language-th = Thai
language-tk = Turkmen
language-tr = Turkish
language-uk = Ukrainian
language-ur = Urdu
language-uz = Uzbek
language-vi = Vietnamese
language-zh = Chinese

## Dates

month-1 = January
    .short = Jan
month-2 = February
    .short = Feb
month-3 = March
    .short = Mar
month-4 = April
    .short = Apr
month-5 = May
    .short = May
month-6 = June
    .short = Jun
month-7 = July
    .short = Jul
month-8 = August
    .short = Aug
month-9 = September
    .short = Sep
month-10 = October
    .short = Oct
month-11 = November
    .short = Nov
month-12 = December
    .short = Dec
date-day = {$day} {$month} {$year}
date-month = {$month} {$year}
date-moment = {$day} {$month} {$year} {$time}

## What stands on the keys

keycap-space = Space
keycap-enter = Enter
keycap-esc = Esc
keycap-tab = Tab
keycap-backspace = Backspace
keycap-delete = Del
keycap-insert = Ins
keycap-up = ↑
keycap-down = ↓
keycap-left = ←
keycap-right = →
keycap-home = Home
keycap-end = End
keycap-pageup = PgUp
keycap-pagedown = PgDn
keycap-ctrl = Ctrl
keycap-alt = Alt
keycap-shift = Shift

## What people want to do

group-reading = Reading
group-searching = Searching
group-choosing = Choosing a document
group-keeping = Marking and copying
group-screen = The screen
group-general = Help and leaving

mode-list = list
mode-reader = reader
mode-sidebar = sidebar
mode-prompt = prompt
mode-overlay = overlay
mode-select = selection
mode-outline = outline
mode-note = note

command-line-down = Go one line down.
command-line-up = Go one line up.
command-page-down = Go one page down.
command-page-up = Go one page up.
command-half-page-down = Go half a page down.
command-half-page-up = Go half a page up.
command-top = Go to the beginning; after a number, to that percentage of the text.
command-bottom = Go to the end; after a number, to that percentage of the text.
command-next-section = Go to the next section.
command-previous-section = Go to the section before.
command-outline = Open the outline.
command-next-target = Go to the next link, note or reference.
command-previous-target = Go to the link, note or reference before.
command-counterpart = Go from a question to its answer, from a mark to its note, and back.
command-follow = Follow the link, note or reference at hand, or else the first on the screen.
command-back = Go back to where you were.
command-forward = Go forward again.
command-go-on = Go on where the line was cut the last time.
command-original = Show the text as it was in the file, and back.
command-search = Search the dossier from the list, this document from the reader.
command-search-within = Search within what was found.
command-complete = Complete the name of a field or one of its values; then take the next one that fits.
command-complete-back = Take the one before of what fits.
command-next-match = Go to the next match.
command-previous-match = Go to the match before.
command-history-previous = Take the search typed before.
command-history-next = Take the search typed after.
command-list-matches = List the matches in this document, each in its context.
command-toggle-variants = Search other spellings of names too, or only what was typed.
command-drop-piece = Drop a piece of the search under the prompt: that of the digit.
command-facets = Count the documents of the list by date, kind, author… and filter them.
command-drop-variant = Leave out one of the other spellings: the first, or that of the count.
command-more-like-this = Search for documents like this one, or like the selected passage.
command-clear-search = Forget the search.
command-save-search = Save the search under a name.
command-saved-searches = Show the saved searches, with what is new in each.
command-only-new = Of a saved search list only what is new, or all of it again.
command-forget-search = In the list of saved searches: forget the chosen one; press twice.
command-rename-search = In the list of saved searches: give the chosen one another name.
command-not-read = Show the files that were not read, and why.
command-open = Open the chosen document; in a prompt, accept what was typed.
command-next-document = Go to the next document.
command-previous-document = Go to the document before.
command-toggle-group = Open the group of duplicates of the chosen document, or fold it.
command-toggle-groups = Fold duplicates in the list, or list them all.
command-sort = Sort the list another way: by relevance, date or title.
command-set-mark = Set a mark here: type a letter after it.
command-go-to-mark = Go to a mark: type its letter, or ' for where you were.
command-select = Begin selecting text, or end it.
command-copy = Copy the selection, or else the paragraph of the match, or the first on the page.
command-select-left = Move the selection’s end one character to the left.
command-select-right = Move the selection’s end one character to the right.
command-select-word = Move the selection’s end one word on.
command-select-word-back = Move the selection’s end one word back.
command-browse = Open the document’s official page, or the link at hand, in a browser.
command-edit = Open the file in an editor.
command-next-pane = Go to the next pane.
command-previous-pane = Go to the pane before.
command-zoom = Show the reader alone, and back.
command-sidebar = Show or hide the sidebar.
command-wider = Make the text’s lines longer.
command-narrower = Make the text’s lines shorter.
command-theme = Take the next theme.
command-mouse = Give the mouse to Lutrin, or back to the terminal.
command-language = Change the language of the interface.
command-redraw = Draw the screen again.
command-palette = Find a command by its name.
command-help = Show the keys and what they do.
command-cancel = Go one step back: close what is open, then forget the search; never leave.
command-quit = Go one level up; from the list, leave.
command-quit-now = Leave at once.
command-suspend = Stop for a moment; the shell’s fg comes back.

## Settings and themes

config-at = {$file}, line {$line}: {$what}
config-syntax = this is not valid TOML ({$detail}); the defaults are used.
config-no-setting = there is no setting “{$name}”.
config-no-mode = there is no mode “{$name}”.
config-no-command = there is no command “{$name}”.
config-no-key = no key is called “{$keys}”.
config-wrong = “{$name}” must be {$expected}
config-key-is-text = “{$keys}” cannot be bound: in the prompt it is text.
config-key-is-count = “{$keys}” cannot be bound: digits are counts.
config-key-waits = “{$keys}” will wait for a moment, because “{$longer}” begins with it.
config-unreadable = The settings could not be read, the defaults are used: {$path}
expected-text = a text in quotation marks.
expected-yes-or-no = true or false.
expected-number = a number from {$from} to {$to}.
expected-choice = one of {$choices}.
expected-command = the name of a command, or "" for none.
expected-table = a table.
expected-face = a face, like {"{"} bold = true {"}"}.
expected-color = a number from 0 to 255, a name like “{$example}”, #rrggbb or default.
theme-unknown = There is no theme “{$name}”.
theme-no-role = there is no role “{$name}”.
theme-no-part = a face has no “{$name}”.
did-you-mean = {$what} Did you mean “{$near}”?

## The command line

cli-usage = Usage:
cli-commands = Commands
cli-options = Options
cli-arguments = Arguments
cli-after-help = A path called like a command is opened as ./PATH. Keys: press ? in the reader, or read the manual: lutrin man
cli-usage-lutrin = {"  "}lutrin [OPTIONS] [+/WORDS] [PATH[#PLACE]]...
    {"  "}lutrin --record FILE [--mask] [PATH[#PLACE]]...
    {"  "}lutrin --replay FILE
    {"  "}lutrin [OPTIONS] COMMAND
cli-usage-index = {"  "}lutrin index [--no-wait] [PATH]...
cli-usage-list = {"  "}lutrin list [--json] [--sort WORD] [PATH]...
    {"  "}lutrin list --not-read [--json] [PATH]...
cli-usage-search = {"  "}lutrin search [--json] [--limit N] [--sort WORD] [--no-variants] QUERY [PATH]...
    {"  "}lutrin search --batch FILE [--places | --json] [--no-variants] [PATH]...
    {"  "}lutrin search --save NAME QUERY [PATH]...
    {"  "}lutrin search --saved NAME [--new] [--json] [--limit N] [--sort WORD]
cli-usage-searches = {"  "}lutrin searches [--json | --forget NAME]
cli-usage-show = {"  "}lutrin show [--json | --text | --outline | --original] [--width N] DOCUMENT[#PLACE]
cli-usage-library = {"  "}lutrin library [list | name ROOT NAME | forget ROOT...]
cli-usage-library-list = {"  "}lutrin library list
cli-usage-library-name = {"  "}lutrin library name ROOT NAME
cli-usage-library-forget = {"  "}lutrin library forget [--no-wait] ROOT...
cli-usage-doctor = {"  "}lutrin doctor
cli-usage-completions = {"  "}lutrin completions SHELL
cli-usage-man = {"  "}lutrin man
cli-about-lutrin = A reader for dossiers of official documents: search them and read them.
cli-about-index = Bring the index up to date and say what changed.
cli-about-list = List the documents.
cli-about-search = Search the documents.
cli-about-searches = Show the saved searches, with what is new in each.
cli-about-show = Write a document, or a part of it.
cli-about-library = Show, name or forget the folders that are indexed.
cli-about-library-list = Show the folders that are indexed.
cli-about-library-name = Give an indexed folder a name.
cli-about-library-forget = Forget indexed folders: their index, text and places, not your notes.
cli-about-doctor = Say what this terminal can do, where the files are, and how the index is.
cli-about-completions = Write the completions for a shell.
cli-about-man = Write the manual page.
cli-arg-open = Files and folders to open, - for standard input; without one, the library last opened. #PLACE opens at a place (recital-C, paragraph-12, answer-3, @123), +/WORDS at the first match
cli-arg-paths = Files and folders; without one, the library last opened
cli-arg-query = What to search for: words, "a phrase"
cli-arg-document = A path, or an id as list and search print it, and maybe a place in it
cli-arg-root = An indexed folder, by path or name
cli-arg-roots = Indexed folders, by path or name
cli-arg-name = Its name
cli-arg-shell = bash, elvish, fish, powershell or zsh
cli-value-path = PATH
cli-value-query = QUERY
cli-value-document = DOCUMENT[#PLACE]
cli-value-root = ROOT
cli-value-name = NAME
cli-value-shell = SHELL
cli-value-number = N
cli-value-file = FILE
cli-value-choice = WORD
cli-opt-help = Show this help
cli-opt-version = Show the version
cli-opt-ascii = Draw rules, ticks and bars in plain ASCII
cli-opt-no-mouse = Leave the mouse to the terminal
cli-opt-theme = The colours: dark, light, 16, mono, or a theme of your own
cli-opt-language = The language of the interface: en or fr
cli-opt-record = Keep the bytes and keys of the run in a file, for a report of a fault
cli-opt-mask = Keep no word of the documents and of what is typed into prompts
cli-opt-replay = Show what was recorded
cli-opt-json = Write JSON
cli-opt-sort = The order: relevance, date or title
cli-opt-no-wait = Do not wait while another Lutrin writes the index
cli-opt-not-read = Show the files that were not read instead, and why
cli-opt-limit = Tell at most so many
cli-opt-no-variants = Do not look for other spellings of names
cli-opt-save = Save the search under a name
cli-opt-saved = Run a saved search again and say what is new since it was looked at last
cli-opt-new = Tell only what is new
cli-opt-forget = Forget a saved search
cli-opt-batch = Search for each line of a file (- for standard input) and write a table: a row a document, a column a line
cli-opt-places = Write a row for each place instead
cli-opt-text = Write the running text (this is the default)
cli-opt-outline = Write the outline
cli-opt-original = Write the text as it was in the file
cli-opt-width = Wrap the text at so many columns
cli-unknown-letter = There is no option “{$name}” here; a query or a file whose name begins with a hyphen stands behind “--”.
cli-unknown-option = There is no option “{$name}” here.
cli-unexpected = “{$name}” is not expected here.
cli-no-command = There is no command “{$name}”.
cli-wrong-value = “{$option}” is one of {$choices}, not “{$value}”.
cli-missing-value = “{$option}” needs a value.
cli-wrong-number = “{$option}” needs a number, not “{$value}”.
cli-conflict = “{$option}” and “{$other}” do not go together.
cli-missing = {$what} is missing.
cli-not-text = A word of the command line is not valid text.
cli-words-twice = +/WORDS can be given only once.
cli-wrong = The command line cannot be understood; lutrin --help tells how it is written.

## The manual and the table of keys

man-name = Name
man-description = Description
man-keys = Keys
keys-preface = The keys of Lutrin and the names of its commands, as config.toml and the palette use them. A number typed before a key repeats it.
keys-column-keys = Keys
keys-column-where = Where
keys-column-what = What it does
keys-column-name = Name
keys-everywhere = everywhere
keys-by-name = by name, in the palette

## Reading and choosing

labelled = {$label}: {$value}
link-leads-nowhere = This link leads nowhere from here: {$address}
no-such-language = Lutrin speaks en and fr, not “{$name}”.
no-such-note = There is no note {$label} in this document.
no-such-place = There is no place “{$place}” in this document.
no-such-sort = The list sorts by relevance, date or title, not by “{$name}”.
search-wrapped-first = Back at the first document, after the last.
search-wrapped-last = At the last document, before the first.
searching = Searching…

## The index and queries

index-locked = Another Lutrin is writing to the index in {$path}; this one reads on.
index-full = The disk is full: the index in {$path} could not be written. Make room and index again; what was indexed before is still there.
index-damaged = The index in {$path} is damaged ({$detail}). It will be made anew.
index-io = The index in {$path} could not be used: {$detail}.
hint-query-without-words = “{$detail}” has no letter or digit to search for.
hint-query-too-long = The query is too long; what comes from “{$detail}” on was left out.
hint-unclosed-quote = No quotation mark closes “{$detail}”: it was taken for a phrase up to the end.
hint-unclosed-bracket = No bracket closes “{$detail}”: it was taken for a group up to the end.
hint-stray-bracket = A bracket in “{$detail}” has no partner; the rest of it was searched for as text.
hint-or-alone = “{$detail}” joins two searches; here it has nothing to join and was searched for as a word.
hint-near-alone = “{$detail}” needs a word before it and one behind it; it was searched for as text.
hint-distance-too-large = Words can be looked for at most {$detail} words from each other.
hint-unknown-field = “{$detail}” is not the name of a field (title, author, number, kind, institution, country, ministry, heading, language, date, asked, answered, path); it was searched for as text.
hint-bad-pattern = “{$detail}” is no pattern for words, or too large a one; it was searched for as text.
hint-not-an-operator = “{$detail}” is searched for as a word: OR joins words, - leaves one out, and all other words must be there.
hint-no-such-part = No part is called “{$detail}”; there are title, section, question, answer, citation, recital, paragraph, article, chapter, speech, note, key-data.
hint-no-tags = There are no tags yet; “{$detail}” was searched for as text.
hint-not-a-date = “{$detail}” is not a date such as 2022, 2022-03, 2022-03-15 or 2019..2022-03; it was searched for as text.
hint-alias-not-toml = The alias file is not valid TOML and is left out: {$detail}
hint-alias-unexpected = The alias file holds something that is not an alias and is left out: {$detail}
hint-alias-few-names = An alias needs two names or more; the file is left out: {$detail}
hint-alias-empty-name = A name of an alias has no letter or digit; the file is left out: {$detail}
hint-alias-repeated = A name stands in two aliases; the file is left out: {$detail}
hint-alias-unreadable = The alias file cannot be read and is left out: {$detail}
hint-alias-too-large = The alias file is too large and is left out: {$detail}

## The terminal

terminal-none = There is no terminal to show the reader on.
terminal-dumb = This terminal cannot move its cursor (TERM is unset or “dumb”), so the reader cannot be shown on it.
record-failed = {$path} cannot be recorded into: {$error}
record-other-file = {$path} is there and is no recording; it was left as it is. Name another file after --record.
record-stopped = The recording has stopped: {$error}
replay-unreadable = The recording cannot be read from {$path}: {$error}
replay-other-file = {$path} is no recording (asciicast, version 2).
replay-damaged = {$lines ->
    [one] {$lines} line
   *[other] {$lines} lines
} of the recording could not be read.
replay-playing = playing
replay-paused = paused
replay-over = at the end
replay-place = {$state} · {$time} of {$length} · frame {$frame}/{$frames} · {$bytes ->
    [one] {$bytes} byte
   *[other] {$bytes} bytes
}
replay-key = key {$key}
replay-larger = upper left of {$size}
replay-hints = Space pause, → ← frames, s this line, q leave
terminal-failed = The terminal could not be set up: {$error}
clipboard-too-long = The text is too long for the clipboard: {$bytes} bytes, and terminals take {$most} at most.
clipboard-unsent = Nothing was copied: the terminal took no bytes.
program-not-started = {$program} could not be started: {$error}
program-failed = {$program} ended with an error: {$status}
program-not-an-address = This is not an address of the web (http or https), so it was not opened.

## The library

library-missing = There is nothing at {$path}.
library-forbidden = {$path} may not be read: ask its owner for the right to.
library-not-a-file = {$path} is neither a file nor a folder.
library-no-home = No home folder is known for you: set LUTRIN_HOME to a folder that can be written.
library-home-unusable = Lutrin’s own folder cannot be used ({$path}: {$detail}). Set LUTRIN_HOME to one that can be written.
library-disk-full = The disk of {$path} is full: make room and open Lutrin again.
library-writer-elsewhere = Another Lutrin is writing; this one reads what is there.
library-damaged = The catalogue at {$path} is damaged ({$detail}); it is moved aside and made anew when Lutrin is opened again.
library-moved-aside = The catalogue could not be read and is made anew; the old one is kept as {$path}.
library-nothing-left = No file or folder is indexed any more: name one, or lutrin index FOLDER
library-gone = The document is not in the library any more.

## The notebook

notebook-newer = A newer Lutrin wrote your marks and places ({$path}): they are left as they are, and marks set now are forgotten when you leave.
notebook-damaged = Your marks and places cannot be read ({$path}: {$detail}): the file is left as it is, and marks set now are forgotten when you leave.
notebook-full = The disk of {$path} is full: the mark or place was not kept.
notebook-busy = Another Lutrin is writing to {$path}: the mark or place was not kept; try again.
notebook-unusable = Marks and places cannot be kept ({$path}: {$detail}).

## Files that give no document

extract-empty = The file is empty.
extract-binary = The file holds no text.
extract-unsupported = Lutrin does not read this format yet: {$format}.
extract-damaged = The file is damaged and cannot be read as {$format}.
extract-too-large = The file is larger than {$megabytes} MB.
warning-invalid-bytes = Bytes that mean nothing in the file’s encoding: {$detail}. Each is shown as �.
warning-ill-formed = The markup of this file is damaged; it is read as plain marked text.
warning-impossible-date = The date {$detail} is in no calendar; it is not taken as a date.
problem-permission = You may not read this file.
problem-io = The file could not be read: {$detail}
problem-not-a-file = This is neither a file nor a folder.
problem-reader-failed = The file made Lutrin’s reading fail; please report it.
problem-ignored = {$detail ->
    [folder] A rule in .gitignore or .ignore leaves this folder out.
   *[other] A rule in .gitignore or .ignore leaves it out.
}
reason-empty = without text
    .short = empty
reason-binary = no text, another kind of file
    .short = not text
reason-unsupported = {$detail}, not read yet
    .short = {$detail}
reason-damaged = {$detail}, damaged
reason-too-large = larger than {$megabytes} MB
reason-permission = no permission to read
reason-io = could not be read ({$detail})
    .short = could not be read
reason-not-a-file = neither file nor folder
reason-reader-failed = Lutrin’s reading failed
reason-link = links, not followed
    .short = links
reason-missing = not there
reason-ignored = {$detail ->
    [folder] folders left out by .gitignore or .ignore
   *[other] left out by .gitignore or .ignore
}
    .short = {$detail ->
    [folder] folders ignored
   *[other] ignored
}
problem-link = This is a link, and it is not followed.
problem-missing = The file is not there.
worker-failed = Something went wrong inside Lutrin; when you leave, it says what. Please report it.
suspend-nowhere = There is no shell to go back to.
problem-of = {$path}: {$problem}
library-has-no-root = No file or folder is indexed yet: lutrin index FOLDER
library-forgotten = Forgotten: {$path} ({$documents ->
    [one] {$documents} document
   *[other] {$documents} documents
})
library-no-such-root = No indexed folder has this path or name: {$name}
answer-not-written = The answer could not be written: {$detail}
answer-no-input = Standard input could not be read: {$detail}
batch-one-input = Standard input cannot hold both the searches and the document.
batch-unreadable = The searches cannot be read from {$path}: {$detail}
batch-not-text = {$path}, line {$line}: this is not text in UTF-8.
batch-empty = {$path} holds no search: one a line, blank lines and lines that begin with # are none.
batch-at = {$path}, line {$line} ({$name}): {$what}
batch-found = {$names ->
    [one] {$names} search
   *[other] {$names} searches
}, {$missing} without a hit · {$documents ->
    [one] {$documents} document
   *[other] {$documents} documents
} · {$matches ->
    [one] {$matches} match
   *[other] {$matches} matches
}
answer-nothing-is-kept = The files are read all the same; nothing is kept.
index-skipped-one = skipped
index-without-text-one = without text
index-unreadable-one = unreadable
show-first-of-several = {$name} holds {$documents} documents; this is the first, {$id}. lutrin list shows the others.
show-folder = This is a folder; lutrin list shows its documents: {$path}
show-no-document = No document has this path or id: {$name}
show-no-place = {$name} has no such place: {$place}
doctor-terminal = Terminal
doctor-size = size
doctor-none = not a terminal
doctor-name = name and version
doctor-colors = colours
doctor-colors-none = none
doctor-colors-16 = 16
doctor-colors-256 = 256
doctor-colors-many = 16 million
doctor-ssh = over ssh
doctor-inside = inside
doctor-promised = by its TERM
doctor-nothing = nothing for certain
doctor-can-scrolls = rows scroll
doctor-can-scrolls-columns = columns scroll
doctor-can-erases-cells = cells are erased in place
doctor-can-repeats = characters are repeated
doctor-can-erases-in-color = what is erased takes the background
doctor-can-scrolls-many = many rows scroll at once
doctor-answers = What the terminal answers
doctor-no-answer = no answer
doctor-round-trip = question and answer
doctor-milliseconds = {$milliseconds} ms
doctor-columns = margins of columns (DECSLRM)
doctor-synchronized = synchronized output
doctor-paste = bracketed paste
doctor-position = where the cursor is
doctor-primary = primary attributes (DA1)
doctor-secondary = secondary attributes (DA2)
doctor-yes = yes
doctor-no = no
doctor-always = always on
doctor-never-on = never on
doctor-unknown = not known to it
doctor-last-run = Last run on this terminal
doctor-ended = ended
doctor-duration = duration
doctor-seconds = {$seconds} s
doctor-keys = keys
doctor-frames = frames
doctor-bytes = bytes
doctor-largest-frame = bytes of the largest frame
doctor-rate = bytes a second that the line took
doctor-columns-seen = columns were seen to scroll
doctor-files = Files
doctor-configuration = configuration
doctor-catalogue = catalogue
doctor-index = index
doctor-state = state
doctor-absent = not there
doctor-kilobytes = {$kilobytes} kB
doctor-health = Library
doctor-roots = indexed files and folders
doctor-documents = documents
doctor-in-index = documents in the index
doctor-unreadable = unreadable
doctor-skipped = skipped
doctor-without-text = without text
doctor-updated = brought up to date
doctor-never = never
doctor-writer = writer
doctor-writer-free = none
doctor-writer-elsewhere = another Lutrin
doctor-sound = sound
doctor-damaged = damaged
