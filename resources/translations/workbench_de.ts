<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>workbench</name>
    <message>
        <source>Nothing is under way.</source>
        <translation>Nichts in Arbeit.</translation>
    </message>
    <message>
        <source>Locked with a password: {names}</source>
        <translation>Mit einem Passwort gesperrt: {names}</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>Alles anhalten</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>Fertige entfernen</translation>
    </message>
    <message>
        <source>Hide Activity</source>
        <translation>Aktivität ausblenden</translation>
    </message>
    <message>
        <source>{over} of {files}</source>
        <translation>{over} von {files}</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>{text}. You can ask and read meanwhile.</source>
        <translation>{text}. Sie können inzwischen fragen und lesen.</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>about {seconds_left} left</source>
        <translation>noch etwa {seconds_left}</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Details kopieren</translation>
    </message>
    <message>
        <source>Transcribe its sound</source>
        <translation>Ton abschreiben</translation>
    </message>
    <message>
        <source>Choose videos…</source>
        <translation>Videos auswählen…</translation>
    </message>
    <message>
        <source>Password…</source>
        <translation>Passwort…</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Read this first</source>
        <translation>Zuerst lesen</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>, page: {page}</source>
        <translation>, Seite: {page}</translation>
    </message>
    <message>
        <source>stage: {stage}, state: {state}{page}</source>
        <translation>Schritt: {stage}, Zustand: {state}{page}</translation>
    </message>
    <message>
        <source>Already here</source>
        <translation>Schon vorhanden</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Wird gelesen</translation>
    </message>
    <message>
        <source>Location saved</source>
        <translation>Ort gespeichert</translation>
    </message>
    <message>
        <source>first of all</source>
        <translation>als Erstes</translation>
    </message>
    <message>
        <source>into {collection}</source>
        <translation>in {collection}</translation>
    </message>
    <message>
        <source>{total} characters</source>
        <translation>{total} Zeichen</translation>
    </message>
    <message>
        <source>{seconds_left} left</source>
        <translation>noch {seconds_left}</translation>
    </message>
    <message>
        <source>Skip page {page}</source>
        <translation>Seite {page} überspringen</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>{done} of {total} {unit}</source>
        <translation>{done} von {total} {unit}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>Wird kopiert</translation>
    </message>
    <message>
        <source>Comparing every row</source>
        <translation>Jede Zeile wird verglichen</translation>
    </message>
    <message>
        <source>Checking the file</source>
        <translation>Datei wird geprüft</translation>
    </message>
    <message>
        <source>Checking every source</source>
        <translation>Jede Quelle wird geprüft</translation>
    </message>
    <message>
        <source>Checking the index</source>
        <translation>Index wird geprüft</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Writing from these quotes…</source>
        <translation>Wird aus diesen Zitaten geschrieben…</translation>
    </message>
    <message>
        <source>Reading passage {at} of {of}…</source>
        <translation>Liest Stelle {at} von {of}…</translation>
    </message>
    <message>
        <source>Written on another computer, “{host}”</source>
        <translation>Auf einem anderen Computer geschrieben, „{host}“</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Written by a model from these quotes; every sentence is checked against them</source>
        <translation>Von einem Modell aus diesen Zitaten geschrieben; jeder Satz wird daran geprüft</translation>
    </message>
    <message>
        <source>Quoted word for word; no model is involved</source>
        <translation>Wort für Wort zitiert; ohne Modell</translation>
    </message>
    <message>
        <source>See what would be sent…</source>
        <translation>Ansehen, was gesendet würde…</translation>
    </message>
    <message>
        <source>Stop sending</source>
        <translation>Nicht mehr senden</translation>
    </message>
    <message>
        <source>Write it again</source>
        <translation>Neu schreiben</translation>
    </message>
    <message>
        <source>Unsupported</source>
        <translation>Nicht belegt</translation>
    </message>
    <message>
        <source>Unfinished</source>
        <translation>Unvollendet</translation>
    </message>
    <message>
        <source>How the answer is given</source>
        <translation>Wie die Antwort gegeben wird</translation>
    </message>
    <message>
        <source>Stop, and keep what is written (Esc)</source>
        <translation>Stopp; das Geschriebene bleibt (Esc)</translation>
    </message>
    <message>
        <source>Answer being written</source>
        <translation>Antwort wird geschrieben</translation>
    </message>
    <message>
        <source>Evidence {number}</source>
        <translation>Beleg {number}</translation>
    </message>
    <message>
        <source>Connected by statements, and activated</source>
        <translation>Durch Aussagen verbunden und aktiviert</translation>
    </message>
    <message>
        <source>Connected by statements; not activated</source>
        <translation>Durch Aussagen verbunden; nicht aktiviert</translation>
    </message>
    <message>
        <source>A hypothesis: no statement says this</source>
        <translation>Eine Vermutung: Keine Aussage sagt das</translation>
    </message>
    <message>
        <source>Often follows in the text</source>
        <translation>Folgt im Text oft darauf</translation>
    </message>
    <message>
        <source>“{name}” was activated</source>
        <translation>„{name}“ wurde aktiviert</translation>
    </message>
    <message>
        <source>Include simulation</source>
        <translation>Simulation einbeziehen</translation>
    </message>
    <message>
        <source>Quotes and their order do not change</source>
        <translation>Zitate und ihre Reihenfolge ändern sich nicht</translation>
    </message>
    <message>
        <source>Watch the recall</source>
        <translation>Abruf ansehen</translation>
    </message>
    <message>
        <source>{known}; {odds} such links was later found in the text</source>
        <translation>{known}; {odds} solcher Verknüpfungen fand sich später im Text</translation>
    </message>
    <message>
        <source>Replay it step by step in the Lab</source>
        <translation>Schritt für Schritt im Labor abspielen</translation>
    </message>
    <message>
        <source>Suggested by association</source>
        <translation>Durch Assoziation nahegelegt</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen…</translation>
    </message>
    <message>
        <source>No associations.</source>
        <translation>Keine Assoziationen.</translation>
    </message>
    <message>
        <source>Ask a question, or tell me something to remember…</source>
        <translation>Frage stellen oder etwas zum Merken mitteilen…</translation>
    </message>
    <message>
        <source>Ask a follow-up…</source>
        <translation>Nachfrage stellen…</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Alt+Enter saves it as a note</source>
        <translation>Alt+Eingabe speichert es als Notiz</translation>
    </message>
    <message>
        <source>Remember</source>
        <translation>Merken</translation>
    </message>
    <message>
        <source>Alt+Enter asks it as a question</source>
        <translation>Alt+Eingabe stellt es als Frage</translation>
    </message>
    <message>
        <source>Say</source>
        <translation>Sagen</translation>
    </message>
    <message>
        <source>Only “{collection}” is searched</source>
        <translation>Nur „{collection}“ wird durchsucht</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>All sources and notes are searched</source>
        <translation>Alle Quellen und Notizen werden durchsucht</translation>
    </message>
    <message>
        <source>Question, or something to remember</source>
        <translation>Frage oder etwas zum Merken</translation>
    </message>
    <message>
        <source>Earlier questions</source>
        <translation>Frühere Fragen</translation>
    </message>
    <message>
        <source>Ask (Enter)</source>
        <translation>Fragen (Eingabe)</translation>
    </message>
    <message>
        <source>{word} (Enter)
{other}</source>
        <translation>{word} (Eingabe)
{other}</translation>
    </message>
    <message>
        <source>All Questions…</source>
        <translation>Alle Fragen…</translation>
    </message>
    <message>
        <source>Only “{title}” is searched</source>
        <translation>Nur „{title}“ wird durchsucht</translation>
    </message>
    <message>
        <source>Only these {title} are searched</source>
        <translation>Nur diese {title} werden durchsucht</translation>
    </message>
    <message>
        <source>Search in</source>
        <translation>Suchen in</translation>
    </message>
    <message>
        <source>Add a source, then ask…</source>
        <translation>Erst eine Quelle hinzufügen, dann fragen…</translation>
    </message>
    <message>
        <source>More…</source>
        <translation>Mehr…</translation>
    </message>
    <message>
        <source>Remove the quotation</source>
        <translation>Zitat entfernen</translation>
    </message>
    <message>
        <source>Stop (Esc)</source>
        <translation>Stopp (Esc)</translation>
    </message>
    <message>
        <source>Search in {name}</source>
        <translation>Suchen in {name}</translation>
    </message>
    <message>
        <source>Search in another collection</source>
        <translation>In einer anderen Sammlung suchen</translation>
    </message>
    <message>
        <source>Quotation: {words}</source>
        <translation>Zitat: {words}</translation>
    </message>
    <message>
        <source>Ask your sources</source>
        <translation>Die Quellen fragen</translation>
    </message>
    <message>
        <source>Save it again</source>
        <translation>Wieder speichern</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>Rückgängig gemacht</translation>
    </message>
    <message>
        <source>“{said}” was removed.</source>
        <translation>„{said}“ wurde entfernt.</translation>
    </message>
    <message>
        <source>Result: {value}</source>
        <translation>Ergebnis: {value}</translation>
    </message>
    <message>
        <source>Save it as a note</source>
        <translation>Als Notiz speichern</translation>
    </message>
    <message>
        <source>Remembered</source>
        <translation>Gemerkt</translation>
    </message>
    <message>
        <source>Already saved</source>
        <translation>Schon gespeichert</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>Nichts zu tun</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>Nicht gespeichert</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Ask it as a question</source>
        <translation>Als Frage stellen</translation>
    </message>
    <message>
        <source>Can't calculate this</source>
        <translation>Lässt sich nicht berechnen</translation>
    </message>
    <message>
        <source>Ask about what you added</source>
        <translation>Fragen zu Ihren Quellen</translation>
    </message>
    <message>
        <source>Add a source first. You can ask while it is still being read.</source>
        <translation>Fügen Sie erst eine Quelle hinzu. Sie können schon fragen, während sie noch gelesen wird.</translation>
    </message>
    <message>
        <source>Answers quote your sources and link to the page. Things you tell Workbench can answer questions too.</source>
        <translation>Antworten zitieren Ihre Quellen und führen zur Seite. Auch was Sie Workbench mitteilen, kann Fragen beantworten.</translation>
    </message>
    <message>
        <source>Answers quote your sources and link to the page; a model may also write a short answer, with every sentence checked.</source>
        <translation>Antworten zitieren Ihre Quellen und führen zur Seite; ein Modell kann auch eine kurze Antwort schreiben, deren Sätze alle geprüft werden.</translation>
    </message>
    <message>
        <source>Not in your sources</source>
        <translation>Nicht in Ihren Quellen</translation>
    </message>
    <message>
        <source>Quotes</source>
        <translation>Zitate</translation>
    </message>
    <message>
        <source>Written by {model}</source>
        <translation>Geschrieben von {model}</translation>
    </message>
    <message>
        <source>Go to Library</source>
        <translation>Zur Bibliothek</translation>
    </message>
    <message>
        <source>Nothing to search yet</source>
        <translation>Noch nichts zu durchsuchen</translation>
    </message>
    <message>
        <source>Finding questions that “{title}” answers…</source>
        <translation>Fragen an „{title}“ werden gesucht…</translation>
    </message>
    <message>
        <source>Search questions and answers</source>
        <translation>Fragen und Antworten durchsuchen</translation>
    </message>
    <message>
        <source>Search questions</source>
        <translation>Fragen durchsuchen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>No question or answer contains “{words}”.</source>
        <translation>Keine Frage oder Antwort enthält „{words}“.</translation>
    </message>
    <message>
        <source>No questions yet.</source>
        <translation>Noch keine Fragen.</translation>
    </message>
    <message>
        <source>The newest {SHOWN}; words find the others.</source>
        <translation>Die neuesten {SHOWN}; mit Suchwörtern finden Sie die anderen.</translation>
    </message>
    <message>
        <source>a quote was removed with its source</source>
        <translation>ein Zitat wurde mit seiner Quelle entfernt</translation>
    </message>
    <message>
        <source>Opening the library…</source>
        <translation>Bibliothek wird geöffnet…</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>Dateien hinzufügen…</translation>
    </message>
    <message>
        <source>Try with a sample</source>
        <translation>Mit Beispiel ausprobieren</translation>
    </message>
    <message>
        <source>Questions it answers</source>
        <translation>Fragen, die sie beantwortet</translation>
    </message>
    <message>
        <source>What “{name}” is about, and questions it answers</source>
        <translation>Worum es in „{name}“ geht und welche Fragen es beantwortet</translation>
    </message>
    <message>
        <source>Other sources</source>
        <translation>Andere Quellen</translation>
    </message>
    <message>
        <source>{name}, in {title}</source>
        <translation>{name}, in {title}</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Verknüpfungen</translation>
    </message>
    <message>
        <source>Spikes</source>
        <translation>Impulse</translation>
    </message>
    <message>
        <source>Gives orders to a program; no answer is taken from it</source>
        <translation>Gibt einem Programm Anweisungen; keine Antwort wird daraus genommen</translation>
    </message>
    <message>
        <source>Opens one of these places</source>
        <translation>Öffnet eine dieser Stellen</translation>
    </message>
    <message>
        <source>{other_places} as evidence {n}</source>
        <translation>{other_places} als Beleg {n}</translation>
    </message>
    <message>
        <source>Step {number} of {steps}: {words}</source>
        <translation>Schritt {number} von {steps}: {words}</translation>
    </message>
    <message>
        <source>{word} {share:.0f} per cent</source>
        <translation>{word} {share:.0f} Prozent</translation>
    </message>
    <message>
        <source>Found by none of the tiers</source>
        <translation>Von keiner der Stufen gefunden</translation>
    </message>
    <message>
        <source>Copy evidence {n} with citation</source>
        <translation>Beleg {n} mit Quellenangabe kopieren</translation>
    </message>
    <message>
        <source>Why this?</source>
        <translation>Warum dies?</translation>
    </message>
    <message>
        <source>Why this? Evidence {n}</source>
        <translation>Warum dies? Beleg {n}</translation>
    </message>
    <message>
        <source>{score} likely to bear on the question</source>
        <translation>passt mit {score} Wahrscheinlichkeit zur Frage</translation>
    </message>
    <message>
        <source>Copy with citation</source>
        <translation>Mit Quellenangabe kopieren</translation>
    </message>
    <message>
        <source>Show in Explore</source>
        <translation>In Erkunden zeigen</translation>
    </message>
    <message>
        <source> Show {n} more</source>
        <translation> {n} weitere zeigen</translation>
    </message>
    <message>
        <source>Reached over</source>
        <translation>Erreicht über</translation>
    </message>
    <message>
        <source>Found by </source>
        <translation>Gefunden über </translation>
    </message>
    <message>
        <source>; not by </source>
        <translation>; nicht über </translation>
    </message>
    <message>
        <source>{verb}, evidence {n}</source>
        <translation>{verb}, Beleg {n}</translation>
    </message>
    <message>
        <source>and {left:,} more</source>
        <translation>und {left:,} weitere</translation>
    </message>
    <message>
        <source>“{text}”</source>
        <translation>„{text}“</translation>
    </message>
    <message>
        <source>said by {teller}{where}, {at}</source>
        <translation>gesagt von {teller}{where}, {at}</translation>
    </message>
    <message>
        <source>you</source>
        <translation>Ihnen</translation>
    </message>
    <message>
        <source> in {collection}</source>
        <translation> in {collection}</translation>
    </message>
    <message>
        <source>Note, {provenance}</source>
        <translation>Notiz, {provenance}</translation>
    </message>
    <message>
        <source>Said by {teller}</source>
        <translation>Gesagt von {teller}</translation>
    </message>
    <message>
        <source>Show in Library</source>
        <translation>In der Bibliothek zeigen</translation>
    </message>
    <message>
        <source>In “{collection}”</source>
        <translation>In „{collection}“</translation>
    </message>
    <message>
        <source>Replaced by a newer note</source>
        <translation>Durch eine neuere Notiz ersetzt</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>Archiviert</translation>
    </message>
    <message>
        <source>Added {told}</source>
        <translation>Hinzugefügt am {told}</translation>
    </message>
    <message>
        <source>Show in Library: {text}</source>
        <translation>In der Bibliothek zeigen: {text}</translation>
    </message>
    <message>
        <source>Earlier in this thread: {heading_of}</source>
        <translation>Früher in diesem Gespräch: {heading_of}</translation>
    </message>
    <message>
        <source>Show {passages}</source>
        <translation>{passages} zeigen</translation>
    </message>
    <message>
        <source>Answer and evidence</source>
        <translation>Antwort und Belege</translation>
    </message>
    <message>
        <source>May answer</source>
        <translation>Könnte antworten</translation>
    </message>
    <message>
        <source>Related to your question, but perhaps not an answer</source>
        <translation>Hat mit der Frage zu tun, ist aber vielleicht keine Antwort</translation>
    </message>
    <message>
        <source>Closest passages</source>
        <translation>Ähnlichste Stellen</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Geschrieben</translation>
    </message>
    <message>
        <source>No sources in this collection</source>
        <translation>Keine Quellen in dieser Sammlung</translation>
    </message>
    <message>
        <source>Written by {model}, {milliseconds:.1f} s</source>
        <translation>Geschrieben von {model}, {milliseconds:.1f} s</translation>
    </message>
    <message>
        <source>Look in pictures</source>
        <translation>In Bildern suchen</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Suche läuft…</translation>
    </message>
    <message>
        <source>about {about}</source>
        <translation>zu {about}</translation>
    </message>
    <message>
        <source>Asked as “{asked_as}”. Click to change</source>
        <translation>Gefragt als „{asked_as}“. Zum Ändern klicken</translation>
    </message>
    <message>
        <source>As It Is Written</source>
        <translation>So, wie es dasteht</translation>
    </message>
    <message>
        <source>Show differences</source>
        <translation>Unterschiede zeigen</translation>
    </message>
    <message>
        <source>Copy with references</source>
        <translation>Mit Quellenangaben kopieren</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>{sentences} without evidence</source>
        <translation>{sentences} ohne Beleg</translation>
    </message>
    <message>
        <source>Try rephrasing, or add a source about it.</source>
        <translation>Formulieren Sie anders, oder fügen Sie eine Quelle dazu hinzu.</translation>
    </message>
    <message>
        <source>Finds pictures and figures that show what you asked about</source>
        <translation>Findet Bilder und Abbildungen, die das Gefragte zeigen</translation>
    </message>
    <message>
        <source>The image model hasn't looked at any picture yet.</source>
        <translation>Das Bildmodell hat noch kein Bild angesehen.</translation>
    </message>
    <message>
        <source>Pictures that match the question</source>
        <translation>Bilder, die zur Frage passen</translation>
    </message>
    <message>
        <source>From your notes</source>
        <translation>Aus Ihren Notizen</translation>
    </message>
    <message>
        <source>Passages quoted, of all that were searched</source>
        <translation>Zitierte Stellen, von allen durchsuchten</translation>
    </message>
    <message>
        <source>Asked in {scope}</source>
        <translation>Gefragt in {scope}</translation>
    </message>
    <message>
        <source>About {about}</source>
        <translation>Zu {about}</translation>
    </message>
    <message>
        <source>Enter: open · Space: preview</source>
        <translation>Eingabe: öffnen · Leertaste: Vorschau</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Copy the answer and its sources as Markdown</source>
        <translation>Antwort und Quellen als Markdown kopieren</translation>
    </message>
    <message>
        <source>Save the answer, or the sources it cites, to a file</source>
        <translation>Die Antwort oder die zitierten Quellen als Datei speichern</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>Alles durchsuchen</translation>
    </message>
    <message>
        <source>Your own notes, word for word</source>
        <translation>Ihre eigenen Notizen, Wort für Wort</translation>
    </message>
    <message>
        <source>Answer: {value}</source>
        <translation>Antwort: {value}</translation>
    </message>
    <message>
        <source>From the question to the answer</source>
        <translation>Von der Frage zur Antwort</translation>
    </message>
    <message>
        <source>About {name}</source>
        <translation>Zu {name}</translation>
    </message>
    <message>
        <source>Your sources don't answer this.</source>
        <translation>Ihre Quellen beantworten das nicht.</translation>
    </message>
    <message>
        <source>Name it in the question, please.</source>
        <translation>Nennen Sie bitte in der Frage, worum es geht.</translation>
    </message>
    <message>
        <source>Closest in your notes</source>
        <translation>Am nächsten in Ihren Notizen</translation>
    </message>
    <message>
        <source>In your sources</source>
        <translation>In Ihren Quellen</translation>
    </message>
    <message>
        <source>Reading the closest passages…</source>
        <translation>Die nächsten Stellen werden gelesen…</translation>
    </message>
    <message>
        <source>Stopped before the passages were read</source>
        <translation>Angehalten, bevor die Stellen gelesen waren</translation>
    </message>
    <message>
        <source>What would be sent – Engram Workbench</source>
        <translation>Was gesendet würde – Engram Workbench</translation>
    </message>
    <message>
        <source>What would be sent</source>
        <translation>Was gesendet würde</translation>
    </message>
    <message>
        <source>Allow for this library</source>
        <translation>Für diese Bibliothek erlauben</translation>
    </message>
    <message>
        <source>Never for this library</source>
        <translation>Nie für diese Bibliothek</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>“{host}” is another computer</source>
        <translation>„{host}“ ist ein anderer Computer</translation>
    </message>
    <message>
        <source>With each written answer the question and its passages are sent there, here {passages}. This is all of it:</source>
        <translation>Mit jeder geschriebenen Antwort werden die Frage und ihre Stellen dorthin gesendet, hier {passages}. Das ist alles:</translation>
    </message>
    <message>
        <source>“{question}” has no words to search for</source>
        <translation>„{question}“ enthält keine Wörter zum Suchen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Looking through {passages}…</source>
        <translation>{passages} werden durchsucht…</translation>
    </message>
    <message>
        <source>About “{title}”</source>
        <translation>Über „{title}“</translation>
    </message>
    <message>
        <source>Ask about anything in your sources.</source>
        <translation>Fragen Sie nach allem, was in Ihren Quellen steht.</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>Buch</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation>Transkript</translation>
    </message>
    <message>
        <source>{some} of {passages}</source>
        <translation>{some} von {passages}</translation>
    </message>
    <message>
        <source>Open source</source>
        <translation>Quelle öffnen</translation>
    </message>
    <message>
        <source>{quotes} from {looked}</source>
        <translation>{quotes} aus {looked}</translation>
    </message>
    <message>
        <source>Open page {page_label}</source>
        <translation>Seite {page_label} öffnen</translation>
    </message>
    <message>
        <source>Open at {time_words}</source>
        <translation>Bei {time_words} öffnen</translation>
    </message>
    <message>
        <source>Open mail</source>
        <translation>E-Mail öffnen</translation>
    </message>
    <message>
        <source>Evidence {n}</source>
        <translation>Beleg {n}</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Open chapter {numbered}</source>
        <translation>Kapitel {numbered} öffnen</translation>
    </message>
    <message>
        <source>Open chapter</source>
        <translation>Kapitel öffnen</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Picture as SVG…</source>
        <translation>Bild als SVG…</translation>
    </message>
    <message>
        <source>Picture as PNG…</source>
        <translation>Bild als PNG…</translation>
    </message>
    <message>
        <source>Links as CSV…</source>
        <translation>Verknüpfungen als CSV…</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>Graph</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>Themen</translation>
    </message>
    <message>
        <source>Matching concepts</source>
        <translation>Passende Begriffe</translation>
    </message>
    <message>
        <source>Include co-mentions</source>
        <translation>Gemeinsame Nennungen</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Path to…</source>
        <translation>Weg zu…</translation>
    </message>
    <message>
        <source>Path to</source>
        <translation>Weg zu</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Mehr zeigen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>{edges} of {links}</source>
        <translation>{edges} von {links}</translation>
    </message>
    <message>
        <source>{left} more of “{name}”</source>
        <translation>{left} weitere von „{name}“</translation>
    </message>
    <message>
        <source>No name called “{typed}”</source>
        <translation>Kein Name „{typed}“</translation>
    </message>
    <message>
        <source>Also show names that only occur together</source>
        <translation>Auch Namen zeigen, die nur zusammen vorkommen</translation>
    </message>
    <message>
        <source>{meant}. Press to show or hide these links.</source>
        <translation>{meant}. Drücken, um diese Verknüpfungen zu zeigen oder auszublenden.</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vorwärts</translation>
    </message>
    <message>
        <source>Picture of the links</source>
        <translation>Bild der Verknüpfungen</translation>
    </message>
    <message>
        <source>No concept</source>
        <translation>Kein Begriff</translation>
    </message>
    <message>
        <source>Contradicted</source>
        <translation>Widersprochen</translation>
    </message>
    <message>
        <source>Stated</source>
        <translation>Belegt</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>Suggested</source>
        <translation>Vermutet</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>Erwartet</translation>
    </message>
    <message>
        <source>Stated in a passage</source>
        <translation>In einer Stelle belegt</translation>
    </message>
    <message>
        <source>Accepted by you</source>
        <translation>Von Ihnen angenommen</translation>
    </message>
    <message>
        <source>Suggested; no passage says how</source>
        <translation>Vorgeschlagen; keine Stelle sagt, wie</translation>
    </message>
    <message>
        <source>Often follows in the text; no passage connects the two</source>
        <translation>Folgt im Text oft; keine Stelle verbindet die beiden</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>Ideas</source>
        <translation>Ideen</translation>
    </message>
    <message>
        <source>Find a name</source>
        <translation>Namen suchen</translation>
    </message>
    <message>
        <source>Topic: {name}</source>
        <translation>Thema: {name}</translation>
    </message>
    <message>
        <source>Show the names of all topics</source>
        <translation>Namen aller Themen zeigen</translation>
    </message>
    <message>
        <source>No match. Try fewer letters.</source>
        <translation>Kein Treffer. Versuchen Sie weniger Buchstaben.</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Noch keine</translation>
    </message>
    <message>
        <source>Type another name above: Workbench looks for what connects the two.</source>
        <translation>Geben Sie oben einen zweiten Namen ein: Workbench sucht, was die beiden verbindet.</translation>
    </message>
    <message>
        <source>Nothing in your library connects them closely. Try a source about both.</source>
        <translation>Nichts in Ihrer Bibliothek verbindet sie eng. Versuchen Sie es mit einer Quelle über beide.</translation>
    </message>
    <message>
        <source>Back to the links</source>
        <translation>Zurück zu den Verknüpfungen</translation>
    </message>
    <message>
        <source>Only the chosen collection was searched.</source>
        <translation>Nur die gewählte Sammlung wurde durchsucht.</translation>
    </message>
    <message>
        <source>No path worth showing</source>
        <translation>Kein lohnender Weg</translation>
    </message>
    <message>
        <source>Choose where the path leads</source>
        <translation>Ziel des Pfads wählen</translation>
    </message>
    <message>
        <source>{ends}: no path</source>
        <translation>{ends}: kein Weg</translation>
    </message>
    <message>
        <source>Both are the same name</source>
        <translation>Beide sind derselbe Name</translation>
    </message>
    <message>
        <source>Choose another one to go to.</source>
        <translation>Wählen Sie einen anderen als Ziel.</translation>
    </message>
    <message>
        <source>No concept is shown.</source>
        <translation>Kein Begriff wird gezeigt.</translation>
    </message>
    <message>
        <source> Chosen: {of_node}</source>
        <translation> Gewählt: {of_node}</translation>
    </message>
    <message>
        <source> Chosen: {of_edge}</source>
        <translation> Gewählt: {of_edge}</translation>
    </message>
    <message>
        <source>Says that it is not so</source>
        <translation>Sagt, dass es nicht so ist</translation>
    </message>
    <message>
        <source>Says that it may be so</source>
        <translation>Sagt, dass es so sein kann</translation>
    </message>
    <message>
        <source>Added {at}</source>
        <translation>Hinzugefügt am {at}</translation>
    </message>
    <message>
        <source>Open page {page}</source>
        <translation>Seite {page} öffnen</translation>
    </message>
    <message>
        <source>No passage states this. Accept it or reject it.</source>
        <translation>Keine Stelle sagt das. Nehmen Sie es an oder lehnen Sie es ab.</translation>
    </message>
    <message>
        <source>How strong it is: {share}</source>
        <translation>Wie stark sie ist: {share}</translation>
    </message>
    <message>
        <source>Passages disagree here; both are kept.</source>
        <translation>Stellen widersprechen sich hier; beide bleiben erhalten.</translation>
    </message>
    <message>
        <source>Stated in {evidence_words}.</source>
        <translation>Belegt in {evidence_words}.</translation>
    </message>
    <message>
        <source>Accepted by you; {evidence_words} of it.</source>
        <translation>Von Ihnen angenommen; {evidence_words} davon.</translation>
    </message>
    <message>
        <source>No passage states this. It often follows in the text.</source>
        <translation>Keine Stelle sagt das. Es folgt im Text oft darauf.</translation>
    </message>
    <message>
        <source>Statements about the two are recalled together. No passage states this.</source>
        <translation>Aussagen über beide werden zusammen abgerufen. Keine Stelle sagt, wie sie zusammenhängen.</translation>
    </message>
    <message>
        <source>Named together in {evidence_words}; nothing says how they are related.</source>
        <translation>Zusammen genannt in {evidence_words}; nichts sagt, wie sie zusammenhängen.</translation>
    </message>
    <message>
        <source>Added {first}.</source>
        <translation>Hinzugefügt am {first}.</translation>
    </message>
    <message>
        <source>First mentioned {first}, last {last}.</source>
        <translation>Zuerst erwähnt am {first}, zuletzt am {last}.</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Verknüpfung</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Take back “{link}”</source>
        <translation>„{link}“ zurücknehmen</translation>
    </message>
    <message>
        <source>No passage states this, and no other links connect the two.</source>
        <translation>Keine Stelle sagt das, und keine anderen Verknüpfungen verbinden die beiden.</translation>
    </message>
    <message>
        <source>Links in sentences</source>
        <translation>Verknüpfungen als Sätze</translation>
    </message>
    <message>
        <source>{links} of {name}</source>
        <translation>{links} von {name}</translation>
    </message>
    <message>
        <source>with {name}</source>
        <translation>mit {name}</translation>
    </message>
    <message>
        <source>All about {text}</source>
        <translation>Alles zu {text}</translation>
    </message>
    <message>
        <source>Hide this link for good (Undo brings it back)</source>
        <translation>Verknüpfung dauerhaft ausblenden („Rückgängig“ holt sie zurück)</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Say that this link is right</source>
        <translation>Sagen, dass diese Verknüpfung stimmt</translation>
    </message>
    <message>
        <source>How it was found</source>
        <translation>Wie sie gefunden wurde</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>Stellen</translation>
    </message>
    <message>
        <source>passages</source>
        <translation>Stellen</translation>
    </message>
    <message>
        <source>Looking for the passages…</source>
        <translation>Stellen werden gesucht…</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Add a source and Workbench will pick out the people, places and ideas in it.</source>
        <translation>Fügen Sie eine Quelle hinzu: Workbench findet darin Menschen, Orte und Ideen.</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <source>No names yet</source>
        <translation>Noch keine Namen</translation>
    </message>
    <message>
        <source>Looking for names…</source>
        <translation>Namen werden gesucht…</translation>
    </message>
    <message>
        <source>Show the passages</source>
        <translation>Stellen zeigen</translation>
    </message>
    <message>
        <source>Start here</source>
        <translation>Hier beginnen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation>Zusammenführen…</translation>
    </message>
    <message>
        <source>no passage</source>
        <translation>keine Stelle</translation>
    </message>
    <message>
        <source>{told}, contradicted</source>
        <translation>{told}, widersprochen</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>Beziehung</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Zu</translation>
    </message>
    <message>
        <source>How known</source>
        <translation>Woher bekannt</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>is recalled together with</source>
        <translation>wird zusammen abgerufen mit</translation>
    </message>
    <message>
        <source>is named with</source>
        <translation>wird zusammen genannt mit</translation>
    </message>
    <message>
        <source>{names} in {sources}.</source>
        <translation>{names} in {sources}.</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Thema</translation>
    </message>
    <message>
        <source>Foremost names</source>
        <translation>Wichtigste Namen</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Linked most closely to {name}, through {through}.</source>
        <translation>Am engsten verbunden mit {name}, über {through}.</translation>
    </message>
    <message>
        <source>Names of the topic</source>
        <translation>Namen des Themas</translation>
    </message>
    <message>
        <source>Show only this topic</source>
        <translation>Nur dieses Thema zeigen</translation>
    </message>
    <message>
        <source>Ask these sources</source>
        <translation>Diese Quellen fragen</translation>
    </message>
    <message>
        <source>Topics appear once your sources name enough people, places and ideas.</source>
        <translation>Themen erscheinen, sobald Ihre Quellen genug Personen, Orte und Ideen nennen.</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>Looking for topics…</source>
        <translation>Themen werden gesucht …</translation>
    </message>
    <message>
        <source>No topics yet</source>
        <translation>Noch keine Themen</translation>
    </message>
    <message>
        <source>Arrow keys walk from concept to concept, Space goes through the links of one, Enter opens, plus and minus zoom, 0 shows all.</source>
        <translation>Pfeiltasten gehen von Begriff zu Begriff, die Leertaste durch dessen Verknüpfungen, die Eingabetaste öffnet, Plus und Minus vergrößern und verkleinern, 0 zeigt alles.</translation>
    </message>
    <message>
        <source>Links around {centre}: {links}</source>
        <translation>Verknüpfungen um {centre}: {links}</translation>
    </message>
    <message>
        <source>: {links} shown</source>
        <translation>: {links} gezeigt</translation>
    </message>
    <message>
        <source> among {concepts}.</source>
        <translation> zwischen {concepts}.</translation>
    </message>
    <message>
        <source> Strongest: {strongest}.</source>
        <translation> Am stärksten: {strongest}.</translation>
    </message>
    <message>
        <source>{told}, {hidden} more.</source>
        <translation>{told}, {hidden} weitere.</translation>
    </message>
    <message>
        <source>{told}; some passages say the opposite.</source>
        <translation>{told}; manche Stellen sagen das Gegenteil.</translation>
    </message>
    <message>
        <source>goes with</source>
        <translation>gehört zu</translation>
    </message>
    <message>
        <source>You opened a suggested passage</source>
        <translation>Sie haben eine vorgeschlagene Stelle geöffnet</translation>
    </message>
    <message>
        <source>You pinned a suggested passage</source>
        <translation>Sie haben eine vorgeschlagene Stelle angeheftet</translation>
    </message>
    <message>
        <source>You accepted a link</source>
        <translation>Sie haben eine Verknüpfung angenommen</translation>
    </message>
    <message>
        <source>You rejected a link</source>
        <translation>Sie haben eine Verknüpfung abgelehnt</translation>
    </message>
    <message>
        <source>Activated</source>
        <translation>Aktiviert</translation>
    </message>
    <message>
        <source>{hours_left:.0f} h left</source>
        <translation>noch {hours_left:.0f} h</translation>
    </message>
    <message>
        <source>No statement says this.</source>
        <translation>Keine Aussage sagt das.</translation>
    </message>
    <message>
        <source>Often follows in the text; no statement connects the two.</source>
        <translation>Folgt im Text oft darauf; keine Aussage verbindet die beiden.</translation>
    </message>
    <message>
        <source>Working memory: {held} of {SLOTS}</source>
        <translation>Arbeitsgedächtnis: {held} von {SLOTS}</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>angeheftet</translation>
    </message>
    <message>
        <source>{max} min left</source>
        <translation>noch {max} min</translation>
    </message>
    <message>
        <source>The time: step {step}.</source>
        <translation>Die Zeit: Schritt {step}.</translation>
    </message>
    <message>
        <source>{shown} and {names} more</source>
        <translation>{shown} und {names} weitere</translation>
    </message>
    <message>
        <source>Dopamine</source>
        <translation>Dopamin</translation>
    </message>
    <message>
        <source>reward: learns more</source>
        <translation>Belohnung: lernt mehr</translation>
    </message>
    <message>
        <source>Acetylcholine</source>
        <translation>Acetylcholin</translation>
    </message>
    <message>
        <source>novelty: sharper focus</source>
        <translation>Neues: schärfere Aufmerksamkeit</translation>
    </message>
    <message>
        <source>Noradrenaline</source>
        <translation>Noradrenalin</translation>
    </message>
    <message>
        <source>arousal: higher gain</source>
        <translation>Erregung: stärkere Antwort</translation>
    </message>
    <message>
        <source>Serotonin</source>
        <translation>Serotonin</translation>
    </message>
    <message>
        <source>calm: less noise</source>
        <translation>Ruhe: weniger Rauschen</translation>
    </message>
    <message>
        <source> by way of {trail}</source>
        <translation> über {trail}</translation>
    </message>
    <message>
        <source>, step {step}, {value:.0f} % of its neurons</source>
        <translation>, Schritt {step}, {value:.0f} % seiner Neuronen</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Neurons</source>
        <translation>Neuronen</translation>
    </message>
    <message>
        <source>Firing now</source>
        <translation>Feuern jetzt</translation>
    </message>
    <message>
        <source>Spikes so far</source>
        <translation>Impulse bisher</translation>
    </message>
    <message>
        <source>Learned from you</source>
        <translation>Von Ihnen gelernt</translation>
    </message>
    <message>
        <source>Nothing yet. A suggestion you open or pin, or a link you judge, teaches it.</source>
        <translation>Noch nichts. Ein Vorschlag, den Sie öffnen oder anheften, oder eine Verbindung, die Sie beurteilen, lehrt es etwas.</translation>
    </message>
    <message>
        <source> and {other_links}</source>
        <translation> und {other_links}</translation>
    </message>
    <message>
        <source>{text}: {kept} retained, {left}</source>
        <translation>{text}: {kept} behalten, {left}</translation>
    </message>
    <message>
        <source>Rehearse: {text}</source>
        <translation>Einprägen: {text}</translation>
    </message>
    <message>
        <source>Rehearse</source>
        <translation>Einprägen</translation>
    </message>
    <message>
        <source>That's right</source>
        <translation>Das stimmt</translation>
    </message>
    <message>
        <source>Continue freely</source>
        <translation>Frei weiterdenken</translation>
    </message>
    <message>
        <source>Dreaming …</source>
        <translation>Träumt …</translation>
    </message>
    <message>
        <source>No associations from here.</source>
        <translation>Keine Assoziationen von hier.</translation>
    </message>
    <message>
        <source>In mind: {listed}.</source>
        <translation>Im Sinn: {listed}.</translation>
    </message>
    <message>
        <source>Being answered: {leading}.</source>
        <translation>Wird beantwortet: {leading}.</translation>
    </message>
    <message>
        <source>Speaking: {listed}.</source>
        <translation>Spricht: {listed}.</translation>
    </message>
    <message>
        <source>Up: {listed}.</source>
        <translation>Erhöht: {listed}.</translation>
    </message>
    <message>
        <source>All four at rest.</source>
        <translation>Alle vier in Ruhe.</translation>
    </message>
    <message>
        <source>at rest</source>
        <translation>in Ruhe</translation>
    </message>
    <message>
        <source>{name}, {what}: {level:.2f}, 1 is at rest</source>
        <translation>{name}, {what}: {level:.2f}, 1 ist Ruhe</translation>
    </message>
    <message>
        <source>Forget this lesson: {links}</source>
        <translation>Diese Lektion vergessen: {links}</translation>
    </message>
    <message>
        <source>A hypothesis: {odds} such links was later found in the text.</source>
        <translation>Eine Vermutung: {odds} solcher Verknüpfungen fand sich später im Text.</translation>
    </message>
    <message>
        <source>You accepted this link.</source>
        <translation>Sie haben diese Verknüpfung angenommen.</translation>
    </message>
    <message>
        <source>Rejected. It won't be suggested again.</source>
        <translation>Abgelehnt. Wird nicht wieder vorgeschlagen.</translation>
    </message>
    <message>
        <source>Wanders from concept to concept, with some noise</source>
        <translation>Wandert von Begriff zu Begriff, mit etwas Zufall</translation>
    </message>
    <message>
        <source>Concept</source>
        <translation>Begriff</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Firing</source>
        <translation>Feuert</translation>
    </message>
    <message>
        <source>{said} Related in meaning, partly active: {listed}.</source>
        <translation>{said} Verwandt in der Bedeutung, teils aktiv: {listed}.</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Brain, step {step} of {steps}. Most active: {told}</source>
        <translation>Gehirn, Schritt {step} von {steps}. Am aktivsten: {told}</translation>
    </message>
    <message>
        <source>{sentence}; in three dimensions, arrow keys turn it</source>
        <translation>{sentence}; in drei Dimensionen, Pfeiltasten drehen es</translation>
    </message>
    <message>
        <source>Spikes of ten regions over the steps</source>
        <translation>Impulse von zehn Regionen über die Schritte</translation>
    </message>
    <message>
        <source>Brain</source>
        <translation>Gehirn</translation>
    </message>
    <message>
        <source>Brain learning: association cortex and hippocampus</source>
        <translation>Gehirn lernt: Assoziationskortex und Hippocampus</translation>
    </message>
    <message>
        <source>Brain at rest</source>
        <translation>Gehirn in Ruhe</translation>
    </message>
    <message>
        <source>{value:.2f} % firing</source>
        <translation>{value:.2f} % feuern</translation>
    </message>
    <message>
        <source>Brain in three dimensions</source>
        <translation>Gehirn in drei Dimensionen</translation>
    </message>
    <message>
        <source>Spikes of ten regions over {spikes} steps, most at step {first}</source>
        <translation>Impulse von zehn Regionen über {spikes} Schritte, am meisten bei Schritt {first}</translation>
    </message>
    <message>
        <source>learning</source>
        <translation>lernt</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>{neurons} neurons · {synapses} synapses</source>
        <translation>{neurons} Neuronen · {synapses} Synapsen</translation>
    </message>
    <message>
        <source>Type a name or a question to replay</source>
        <translation>Name oder Frage zum Abspielen eingeben</translation>
    </message>
    <message>
        <source>Cue</source>
        <translation>Stichwort</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>Regionen</translation>
    </message>
    <message>
        <source>Activated concepts</source>
        <translation>Aktivierte Begriffe</translation>
    </message>
    <message>
        <source>At rest</source>
        <translation>In Ruhe</translation>
    </message>
    <message>
        <source>Add something to read, then replay what a name brings to mind.</source>
        <translation>Fügen Sie etwas zum Lesen hinzu, und spielen Sie dann ab, was ein Name in den Sinn ruft.</translation>
    </message>
    <message>
        <source>Brain, empty</source>
        <translation>Gehirn, leer</translation>
    </message>
    <message>
        <source>Step back (,)</source>
        <translation>Schritt zurück (,)</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>Abspielen (Leertaste)</translation>
    </message>
    <message>
        <source>Step forward (.)</source>
        <translation>Schritt vor (.)</translation>
    </message>
    <message>
        <source>Step of the replay</source>
        <translation>Schritt der Wiedergabe</translation>
    </message>
    <message>
        <source>Speed of the replay</source>
        <translation>Tempo der Wiedergabe</translation>
    </message>
    <message>
        <source>Compile</source>
        <translation>Übersetzen</translation>
    </message>
    <message>
        <source>When off, only stated connections count. Answers are the same either way.</source>
        <translation>Wenn aus, zählen nur genannte Verknüpfungen. Die Antworten sind dieselben.</translation>
    </message>
    <message>
        <source>Recalling “{wished}” …</source>
        <translation>„{wished}“ wird abgerufen …</translation>
    </message>
    <message>
        <source> · {step_milliseconds:.1f} ms a step</source>
        <translation> · {step_milliseconds:.1f} ms je Schritt</translation>
    </message>
    <message>
        <source> · smaller brain until it is compiled</source>
        <translation> · kleineres Gehirn, bis es übersetzt ist</translation>
    </message>
    <message>
        <source> · seed {seed}</source>
        <translation> · Startwert {seed}</translation>
    </message>
    <message>
        <source>The recall of “{cue}”</source>
        <translation>Der Abruf von „{cue}“</translation>
    </message>
    <message>
        <source>Back to the brain</source>
        <translation>Zurück zum Gehirn</translation>
    </message>
    <message>
        <source> of {list}</source>
        <translation> zu {list}</translation>
    </message>
    <message>
        <source>Learning: {told}{of}</source>
        <translation>Lernt: {told}{of}</translation>
    </message>
    <message>
        <source>{neurons} neurons{peak}</source>
        <translation>{neurons} Neuronen{peak}</translation>
    </message>
    <message>
        <source>Takes about a minute, once; then the whole brain is simulated</source>
        <translation>Dauert einmal etwa eine Minute; danach wird das ganze Gehirn simuliert</translation>
    </message>
    <message>
        <source>Modulators</source>
        <translation>Modulatoren</translation>
    </message>
    <message>
        <source>Step {step} of {steps}</source>
        <translation>Schritt {step} von {steps}</translation>
    </message>
    <message>
        <source>, most at step {argmax}</source>
        <translation>, am meisten bei Schritt {argmax}</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>Pause (Leertaste)</translation>
    </message>
    <message>
        <source>{name} shares {neurons} of its hundred</source>
        <translation>{name} teilt {neurons} von seinen hundert</translation>
    </message>
    <message>
        <source>{many} of {size} neurons stand for it, spread all over the cortex.</source>
        <translation>{many} von {size} Neuronen stehen dafür, über die ganze Hirnrinde verteilt.</translation>
    </message>
    <message>
        <source>{told} {shared} of them stand for {others}, too.{chance}</source>
        <translation>{told} {shared} davon stehen auch für {others}.{chance}</translation>
    </message>
    <message>
        <source>Also stands for</source>
        <translation>Steht auch für</translation>
    </message>
    <message>
        <source>Shared</source>
        <translation>Geteilt</translation>
    </message>
    <message>
        <source>Assembly of {name}: {spread_words}</source>
        <translation>Neuronengruppe von {name}: {spread_words}</translation>
    </message>
    <message>
        <source>{told} None of them is shared.</source>
        <translation>{told} Keines davon wird geteilt.</translation>
    </message>
    <message>
        <source> One each is expected by chance.</source>
        <translation> Je eines ist durch Zufall zu erwarten.</translation>
    </message>
    <message>
        <source>Active concepts: {lit} of {nodes} until step {step}</source>
        <translation>Aktive Begriffe: {lit} von {nodes} bis Schritt {step}</translation>
    </message>
    <message>
        <source>{told}. Chosen: {name}, {word}, {tag}</source>
        <translation>{told}. Gewählt: {name}, {word}, {tag}</translation>
    </message>
    <message>
        <source>Assembly</source>
        <translation>Neuronengruppe</translation>
    </message>
    <message>
        <source> {neurons} shared with {name}.</source>
        <translation> {neurons} geteilt mit {name}.</translation>
    </message>
    <message>
        <source>Concepts that share neurons</source>
        <translation>Begriffe mit gemeinsamen Neuronen</translation>
    </message>
    <message>
        <source>named in the question</source>
        <translation>in der Frage genannt</translation>
    </message>
    <message>
        <source>Whole brain</source>
        <translation>Ganzes Gehirn</translation>
    </message>
    <message>
        <source>Concepts</source>
        <translation>Begriffe</translation>
    </message>
    <message>
        <source>Assembly of “{name}”</source>
        <translation>Neuronengruppe von „{name}“</translation>
    </message>
    <message>
        <source>a neuron of it</source>
        <translation>ein Neuron davon</translation>
    </message>
    <message>
        <source>shared with another concept</source>
        <translation>mit einem anderen Begriff geteilt</translation>
    </message>
    <message>
        <source>Back to the ten regions (Esc)</source>
        <translation>Zurück zu den zehn Regionen (Esc)</translation>
    </message>
    <message>
        <source>Back to the active concepts (Esc)</source>
        <translation>Zurück zu den aktiven Begriffen (Esc)</translation>
    </message>
    <message>
        <source>Association cortex: active concepts</source>
        <translation>Assoziationskortex: aktive Begriffe</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>As a table</source>
        <translation>Als Tabelle</translation>
    </message>
    <message>
        <source>{message}
{pointed}
code: {code}{cause}</source>
        <translation>{message}
{pointed}
Code: {code}{cause}</translation>
    </message>
    <message>
        <source>Sends this one request, nothing else:</source>
        <translation>Sendet diese eine Anfrage, sonst nichts:</translation>
    </message>
    <message>
        <source>
cause: {cause!r}</source>
        <translation>
Ursache: {cause!r}</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>{day} {month}</source>
        <translation>{day}. {month}</translation>
    </message>
    <message>
        <source>{seconds} min</source>
        <translation>{seconds} min</translation>
    </message>
    <message>
        <source>{shown} and {rest} more</source>
        <translation>{shown} und {rest} weitere</translation>
    </message>
    <message>
        <source>and {more} more</source>
        <translation>und {more} weitere</translation>
    </message>
    <message>
        <source>{whole} from {name} to {name2}, most in {name3}: {mentions}</source>
        <translation>{whole} von {name} bis {name2}, am meisten {name3}: {mentions}</translation>
    </message>
    <message>
        <source>“{form}” is a concept of its own</source>
        <translation>„{form}“ ist ein eigener Begriff</translation>
    </message>
    <message>
        <source>Associated with {name}</source>
        <translation>Verbunden mit {name}</translation>
    </message>
    <message>
        <source>As a line</source>
        <translation>Als Linie</translation>
    </message>
    <message>
        <source>Type: {word}</source>
        <translation>Typ: {word}</translation>
    </message>
    <message>
        <source>Change the type</source>
        <translation>Typ ändern</translation>
    </message>
    <message>
        <source>“{name}” is now of type {word}</source>
        <translation>„{name}“ ist jetzt vom Typ {word}</translation>
    </message>
    <message>
        <source>Split “{form}” off</source>
        <translation>„{form}“ abspalten</translation>
    </message>
    <message>
        <source>Merge this with another concept</source>
        <translation>Mit einem anderen Begriff zusammenführen</translation>
    </message>
    <message>
        <source>Split…</source>
        <translation>Abspalten…</translation>
    </message>
    <message>
        <source>Double-click to follow.</source>
        <translation>Mit Doppelklick folgen.</translation>
    </message>
    <message>
        <source>Connection with {name}</source>
        <translation>Verbindung mit {name}</translation>
    </message>
    <message>
        <source>Mentions</source>
        <translation>Erwähnungen</translation>
    </message>
    <message>
        <source>Newest {history}:</source>
        <translation>Die neuesten {history}:</translation>
    </message>
    <message>
        <source>Type of “{name}”</source>
        <translation>Typ von „{name}“</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Split one spelling off as a concept of its own</source>
        <translation>Eine Schreibweise als eigenen Begriff abspalten</translation>
    </message>
    <message>
        <source>The concept that this is</source>
        <translation>Der Begriff, der dies ist</translation>
    </message>
    <message>
        <source>Another name</source>
        <translation>Ein anderer Name</translation>
    </message>
    <message>
        <source>Merge into</source>
        <translation>Zusammenführen mit</translation>
    </message>
    <message>
        <source>Name of the concept</source>
        <translation>Name des Begriffs</translation>
    </message>
    <message>
        <source>Related concepts</source>
        <translation>Verwandte Begriffe</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Zusammenführen</translation>
    </message>
    <message>
        <source>Associated with</source>
        <translation>Verbunden mit</translation>
    </message>
    <message>
        <source>Also written as {also}</source>
        <translation>Auch geschrieben als {also}</translation>
    </message>
    <message>
        <source>“{name}” is now “{into}”</source>
        <translation>„{name}“ ist jetzt „{into}“</translation>
    </message>
    <message>
        <source>Now called “{name}”</source>
        <translation>Heißt jetzt „{name}“</translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation>Noch nichts.</translation>
    </message>
    <message>
        <source>No longer mentioned.</source>
        <translation>Nicht mehr erwähnt.</translation>
    </message>
    <message>
        <source>All from {last}.</source>
        <translation>Alle vom {last}.</translation>
    </message>
    <message>
        <source>Merge “{name}”</source>
        <translation>„{name}“ zusammenführen</translation>
    </message>
    <message>
        <source>Rename “{name}”</source>
        <translation>„{name}“ umbenennen</translation>
    </message>
    <message>
        <source>{start} to {min}</source>
        <translation>{start} bis {min}</translation>
    </message>
    <message>
        <source>{name}, {how}, weight {weight}, {times} so</source>
        <translation>{name}, {how}, Gewicht {weight}, {times} es</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>{said}, last on {last}</source>
        <translation>{said}, zuletzt am {last}</translation>
    </message>
    <message>
        <source>You said</source>
        <translation>Sie sagten</translation>
    </message>
    <message>
        <source>strength {strength}</source>
        <translation>Stärke {strength}</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Unused for</source>
        <translation>Unbenutzt seit</translation>
    </message>
    <message>
        <source>Fades</source>
        <translation>Verblasst</translation>
    </message>
    <message>
        <source>Fading</source>
        <translation>Verblassendes</translation>
    </message>
    <message>
        <source>These notes fade within a week. Keep the ones you want at hand.</source>
        <translation>Diese Notizen verblassen binnen einer Woche. Behalten Sie die, die Sie zur Hand haben wollen.</translation>
    </message>
    <message>
        <source>{items} of {total}</source>
        <translation>{items} von {total}</translation>
    </message>
    <message>
        <source>Fading memories</source>
        <translation>Verblassende Notizen</translation>
    </message>
    <message>
        <source>Notes you haven't used in a while show up here a week before they fade.</source>
        <translation>Notizen, die Sie länger nicht benutzt haben, erscheinen hier eine Woche, bevor sie verblassen.</translation>
    </message>
    <message>
        <source>Reinforce</source>
        <translation>Verstärken</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivieren</translation>
    </message>
    <message>
        <source>Nothing is fading</source>
        <translation>Nichts verblasst</translation>
    </message>
    <message>
        <source>{name}, {held} of {among}</source>
        <translation>{name}, {held} von {among}</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Add a tag</source>
        <translation>Schlagwort hinzufügen</translation>
    </message>
    <message>
        <source>Add a tag, several with commas</source>
        <translation>Schlagwort hinzufügen, mehrere mit Kommas</translation>
    </message>
    <message>
        <source>Tags in this library</source>
        <translation>Schlagwörter dieser Bibliothek</translation>
    </message>
    <message>
        <source>{name} · {held} of {among}</source>
        <translation>{name} · {held} von {among}</translation>
    </message>
    <message>
        <source>Press to put all into “{name}”.</source>
        <translation>Drücken, um alle in „{name}“ zu legen.</translation>
    </message>
    <message>
        <source>Tagged “{name}”. Press to take the tag off.</source>
        <translation>Schlagwort „{name}“. Drücken, um es zu entfernen.</translation>
    </message>
    <message>
        <source>Press to tag all “{name}”.</source>
        <translation>Drücken, um allen das Schlagwort „{name}“ zu geben.</translation>
    </message>
    <message>
        <source>Journal article</source>
        <translation>Zeitschriftenartikel</translation>
    </message>
    <message>
        <source>Magazine article</source>
        <translation>Magazinartikel</translation>
    </message>
    <message>
        <source>Newspaper article</source>
        <translation>Zeitungsartikel</translation>
    </message>
    <message>
        <source>Chapter</source>
        <translation>Kapitel</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>Interview</source>
        <translation>Interview</translation>
    </message>
    <message>
        <source>Manuscript</source>
        <translation>Manuskript</translation>
    </message>
    <message>
        <source>Film or video</source>
        <translation>Film oder Video</translation>
    </message>
    <message>
        <source>Conference paper</source>
        <translation>Konferenzbeitrag</translation>
    </message>
    <message>
        <source>Letter or e-mail</source>
        <translation>Brief oder E-Mail</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Talk</source>
        <translation>Vortrag</translation>
    </message>
    <message>
        <source>Thesis</source>
        <translation>Abschlussarbeit</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>Webseite</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Authors</source>
        <translation>Autoren</translation>
    </message>
    <message>
        <source>Year or date</source>
        <translation>Jahr oder Datum</translation>
    </message>
    <message>
        <source>Kind of work</source>
        <translation>Art des Werks</translation>
    </message>
    <message>
        <source>Published in</source>
        <translation>Erschienen in</translation>
    </message>
    <message>
        <source>Publisher</source>
        <translation>Verlag</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Band</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>DOI</source>
        <translation>DOI</translation>
    </message>
    <message>
        <source>ISBN</source>
        <translation>ISBN</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Citation key</source>
        <translation>Zitierschlüssel</translation>
    </message>
    <message>
        <source>Mixed: {values}</source>
        <translation>Verschieden: {values}</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Edit details</source>
        <translation>Angaben ändern</translation>
    </message>
    <message>
        <source>What you fill in is set in all of them. The rest stays as it is.</source>
        <translation>Was Sie ausfüllen, gilt für alle. Das Übrige bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Look up</source>
        <translation>Nachschlagen</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Mixed: {values}, {empty} empty</source>
        <translation>Verschieden: {values}, {empty} leer</translation>
    </message>
    <message>
        <source>Add author</source>
        <translation>Autor hinzufügen</translation>
    </message>
    <message>
        <source>Author {n}</source>
        <translation>Autor {n}</translation>
    </message>
    <message>
        <source>Remove this author</source>
        <translation>Diesen Autor entfernen</translation>
    </message>
    <message>
        <source>Cited as</source>
        <translation>Zitiert als</translation>
    </message>
    <message>
        <source>Kind, language</source>
        <translation>Art, Sprache</translation>
    </message>
    <message>
        <source>Year, vol., pp.</source>
        <translation>Jahr, Bd., S.</translation>
    </message>
    <message>
        <source>Look up: shows the one request that this sends</source>
        <translation>Nachschlagen: zeigt die eine Anfrage, die dies sendet</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Don’t send</source>
        <translation>Nicht senden</translation>
    </message>
    <message>
        <source>Family, Given</source>
        <translation>Nachname, Vorname</translation>
    </message>
    <message>
        <source>Save in {sources}</source>
        <translation>In {sources} speichern</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save (Ctrl+S)</source>
        <translation>Speichern (Strg+S)</translation>
    </message>
    <message>
        <source>The catalogue says the same.</source>
        <translation>Der Katalog sagt dasselbe.</translation>
    </message>
    <message>
        <source>{model} reads {reads}, so it may miss similar passages in {left}.</source>
        <translation>{model} liest {reads} und übersieht daher vielleicht ähnliche Stellen in anderen Sprachen: {left}.</translation>
    </message>
    <message>
        <source>With an image model, similar-looking pictures are found too: Edit ▸ Settings.</source>
        <translation>Mit einem Bildmodell werden auch ähnlich aussehende Bilder gefunden: Bearbeiten ▸ Einstellungen.</translation>
    </message>
    <message>
        <source>page {page}</source>
        <translation>Seite {page}</translation>
    </message>
    <message>
        <source>Picture: {where}</source>
        <translation>Bild: {where}</translation>
    </message>
    <message>
        <source>{model} finds nothing similar in meaning; these share words.</source>
        <translation>{model} findet nichts von ähnlicher Bedeutung; diese haben gemeinsame Wörter.</translation>
    </message>
    <message>
        <source>How similar it is in meaning</source>
        <translation>Wie ähnlich die Bedeutung ist</translation>
    </message>
    <message>
        <source>How many of the selected words it contains</source>
        <translation>Wie viele der ausgewählten Wörter darin vorkommen</translation>
    </message>
    <message>
        <source>How well it matches</source>
        <translation>Wie gut es passt</translation>
    </message>
    <message>
        <source>Open the picture in {where}</source>
        <translation>Das Bild in {where} öffnen</translation>
    </message>
    <message>
        <source>Found by shared words. An embedding model also finds similar meanings: Edit ▸ Settings.</source>
        <translation>Über gemeinsame Wörter gefunden. Ein Einbettungsmodell findet auch ähnliche Bedeutungen: Bearbeiten ▸ Einstellungen.</translation>
    </message>
    <message>
        <source>Open the passage in {where}</source>
        <translation>Die Stelle in {where} öffnen</translation>
    </message>
    <message>
        <source>No other pictures yet.</source>
        <translation>Noch keine anderen Bilder.</translation>
    </message>
    <message>
        <source>Pictures like it</source>
        <translation>Ähnliche Bilder</translation>
    </message>
    <message>
        <source>See also</source>
        <translation>Siehe auch</translation>
    </message>
    <message>
        <source>Nothing similar in the library yet.</source>
        <translation>Noch nichts Ähnliches in der Bibliothek.</translation>
    </message>
    <message>
        <source>{sources} changed</source>
        <translation>{sources} geändert</translation>
    </message>
    <message>
        <source>The file has moved. Its text is kept, so you can still ask about it.</source>
        <translation>Die Datei liegt nicht mehr am alten Ort. Ihr Text ist erhalten, Sie können also weiter danach fragen.</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Edit Details</source>
        <translation>Angaben ändern</translation>
    </message>
    <message>
        <source>What you typed is kept until you come back</source>
        <translation>Ihre Eingaben bleiben, bis Sie wiederkommen</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>Aussage</translation>
    </message>
    <message>
        <source>“{title}” ({kind})</source>
        <translation>„{title}“ ({kind})</translation>
    </message>
    <message>
        <source>Show page {number}</source>
        <translation>Seite {number} zeigen</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>Suchen…</translation>
    </message>
    <message>
        <source>Original missing</source>
        <translation>Original fehlt</translation>
    </message>
    <message>
        <source>Add to a collection</source>
        <translation>Zu einer Sammlung…</translation>
    </message>
    <message>
        <source>New collection…</source>
        <translation>Neue Sammlung…</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>Autor</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Contains</source>
        <translation>Enthält</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>In the trash</source>
        <translation>Im Papierkorb</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>Braucht Aufmerksamkeit</translation>
    </message>
    <message>
        <source>How it was read</source>
        <translation>Wie sie gelesen wurde</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Count as One</source>
        <translation>Als eines zählen</translation>
    </message>
    <message>
        <source>Keep Apart</source>
        <translation>Getrennt halten</translation>
    </message>
    <message>
        <source>This looks like the same work as {others}.</source>
        <translation>Das sieht nach demselben Werk aus wie {others}.</translation>
    </message>
    <message>
        <source>Explore counts them once unless you keep them apart.</source>
        <translation>Erkunden zählt sie einmal, außer Sie halten sie getrennt.</translation>
    </message>
    <message>
        <source>Contain</source>
        <translation>Enthalten</translation>
    </message>
    <message>
        <source>In context</source>
        <translation>Im Zusammenhang</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Only in the library</source>
        <translation>Nur in der Bibliothek</translation>
    </message>
    <message>
        <source>since {trashed}</source>
        <translation>seit {trashed}</translation>
    </message>
    <message>
        <source>Details saved</source>
        <translation>Angaben gespeichert</translation>
    </message>
    <message>
        <source>Overview and questions</source>
        <translation>Überblick und Fragen</translation>
    </message>
    <message>
        <source>Indexed text</source>
        <translation>Indexierter Text</translation>
    </message>
    <message>
        <source>Speech models…</source>
        <translation>Sprachmodelle…</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
    <message>
        <source>Keep for review</source>
        <translation>Zum Wiederholen vormerken</translation>
    </message>
    <message>
        <source>Sentence</source>
        <translation>Satz</translation>
    </message>
    <message>
        <source>Delete for good…</source>
        <translation>Endgültig löschen…</translation>
    </message>
    <message>
        <source>Edit details (F2)</source>
        <translation>Angaben ändern (F2)</translation>
    </message>
    <message>
        <source>Remove the sample</source>
        <translation>Beispiel entfernen</translation>
    </message>
    <message>
        <source>Appears in Today when it is due</source>
        <translation>Erscheint unter Heute, wenn es fällig ist</translation>
    </message>
    <message>
        <source>Moves it to the Trash (Undo brings it back)</source>
        <translation>Legt es in den Papierkorb („Rückgängig“ holt es zurück)</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Umfang</translation>
    </message>
    <message>
        <source>Nothing is selected.</source>
        <translation>Nichts ausgewählt.</translation>
    </message>
    <message>
        <source>Back to the Library (Esc)</source>
        <translation>Zurück zur Bibliothek (Esc)</translation>
    </message>
    <message>
        <source>Passages as indexed</source>
        <translation>Stellen, wie sie indexiert sind</translation>
    </message>
    <message>
        <source>Original text</source>
        <translation>Originaltext</translation>
    </message>
    <message>
        <source>What was indexed of “{title}”</source>
        <translation>Was von „{title}“ indexiert wurde</translation>
    </message>
    <message>
        <source> · {held} of the text</source>
        <translation> · {held} des Textes</translation>
    </message>
    <message>
        <source>Indexed passages</source>
        <translation>Indexierte Stellen</translation>
    </message>
    <message>
        <source>Nothing is listed until all sources are looked through.</source>
        <translation>Hier steht erst etwas, wenn alle Quellen durchgesehen sind.</translation>
    </message>
    <message>
        <source>It goes on while you do something else.</source>
        <translation>Es läuft weiter, während Sie etwas anderes tun.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut suchen</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Jahr</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Sammlungen</translation>
    </message>
    <message>
        <source>In the library</source>
        <translation>In der Bibliothek</translation>
    </message>
    <message>
        <source> by {author}</source>
        <translation> von {author}</translation>
    </message>
    <message>
        <source>The original file has moved.</source>
        <translation>Die Originaldatei liegt nicht mehr am alten Ort.</translation>
    </message>
    <message>
        <source>State: {value}</source>
        <translation>Zustand: {value}</translation>
    </message>
    <message>
        <source>Pale: indexed nowhere, such as headings, contents and licences</source>
        <translation>Blass: nicht indexiert, etwa Überschriften, Inhaltsverzeichnis und Lizenzen</translation>
    </message>
    <message>
        <source>{address}, fetched on {fetched}</source>
        <translation>{address}, abgerufen am {fetched}</translation>
    </message>
    <message>
        <source>Pages of the original</source>
        <translation>Seiten des Originals</translation>
    </message>
    <message>
        <source>The page as it was fetched</source>
        <translation>Die Seite, wie sie abgerufen wurde</translation>
    </message>
    <message>
        <source>The whole page</source>
        <translation>Die ganze Seite</translation>
    </message>
    <message>
        <source>As fetched</source>
        <translation>Wie abgerufen</translation>
    </message>
    <message>
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>Word</translation>
    </message>
    <message>
        <source>PowerPoint</source>
        <translation>PowerPoint</translation>
    </message>
    <message>
        <source>OpenDocument</source>
        <translation>OpenDocument</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>Wird indexiert</translation>
    </message>
    <message>
        <source>Verifying</source>
        <translation>Wird geprüft</translation>
    </message>
    <message>
        <source>Drop books and papers here</source>
        <translation>Bücher und Aufsätze hier ablegen</translation>
    </message>
    <message>
        <source>PDF, EPUB, Word, web pages, recordings and pictures. Nothing leaves this computer.</source>
        <translation>PDF, EPUB, Word, Webseiten, Aufnahmen und Bilder. Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>Books and papers</source>
        <translation>Bücher und Aufsätze</translation>
    </message>
    <message>
        <source>Drop files or folders anywhere in this window.</source>
        <translation>Dateien oder Ordner irgendwo in diesem Fenster ablegen.</translation>
    </message>
    <message>
        <source>A YouTube link</source>
        <translation>Ein YouTube-Link</translation>
    </message>
    <message>
        <source>Paste it under Add link… to search what is said.</source>
        <translation>Unter „Link hinzufügen…“ einfügen, um das Gesagte zu durchsuchen.</translation>
    </message>
    <message>
        <source>The sample</source>
        <translation>Das Beispiel</translation>
    </message>
    <message>
        <source>A book, papers, a lecture and notes to look around in.</source>
        <translation>Ein Buch, Aufsätze, ein Vortrag und Notizen zum Umsehen.</translation>
    </message>
    <message>
        <source>Choose another library…</source>
        <translation>Andere Bibliothek wählen…</translation>
    </message>
    <message>
        <source>Opening {stem}…</source>
        <translation>{stem} wird geöffnet…</translation>
    </message>
    <message>
        <source>{stem} is in use by another program; waiting</source>
        <translation>{stem} wird von einem anderen Programm benutzt; bitte warten</translation>
    </message>
    <message>
        <source>It opens as soon as the other program has finished.</source>
        <translation>Sie öffnet sich, sobald das andere Programm fertig ist.</translation>
    </message>
    <message>
        <source>This takes longer than usual: the disk is slow, or the library is brought up to date for this version.</source>
        <translation>Das dauert länger als sonst: Die Festplatte ist langsam, oder die Bibliothek wird auf den Stand dieser Version gebracht.</translation>
    </message>
    <message>
        <source>Items here are not searched.</source>
        <translation>Was hier liegt, wird nicht durchsucht.</translation>
    </message>
    <message>
        <source>Empty Trash…</source>
        <translation>Papierkorb leeren…</translation>
    </message>
    <message>
        <source>Filter sources</source>
        <translation>Quellen filtern</translation>
    </message>
    <message>
        <source>Filter the library</source>
        <translation>Bibliothek filtern</translation>
    </message>
    <message>
        <source>Covers</source>
        <translation>Einbände</translation>
    </message>
    <message>
        <source>Show all sources</source>
        <translation>Alle Quellen zeigen</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Add link…</source>
        <translation>Link hinzufügen…</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Library, empty</source>
        <translation>Bibliothek, leer</translation>
    </message>
    <message>
        <source>Library file: {path}</source>
        <translation>Bibliotheksdatei: {path}</translation>
    </message>
    <message>
        <source> Attention {attention}</source>
        <translation> Zu prüfen {attention}</translation>
    </message>
    <message>
        <source>Attention {attention}</source>
        <translation>Zu prüfen: {attention}</translation>
    </message>
    <message>
        <source> among {chosen_chip}</source>
        <translation> unter {chosen_chip}</translation>
    </message>
    <message>
        <source>Books</source>
        <translation>Bücher</translation>
    </message>
    <message>
        <source>Papers</source>
        <translation>Aufsätze</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Zu prüfen</translation>
    </message>
    <message>
        <source>Media</source>
        <translation>Medien</translation>
    </message>
    <message>
        <source>Change the library file</source>
        <translation>Bibliotheksdatei wechseln</translation>
    </message>
    <message>
        <source>No source contains “{sought}”{among}.</source>
        <translation>Keine Quelle enthält „{sought}“{among}.</translation>
    </message>
    <message>
        <source>There is nothing{among}.</source>
        <translation>Hier ist nichts{among}.</translation>
    </message>
    <message>
        <source>EPUB files and texts as long as a book</source>
        <translation>EPUB-Dateien und Texte von Buchlänge</translation>
    </message>
    <message>
        <source>Shorter PDF files and texts</source>
        <translation>Kürzere PDF-Dateien und Texte</translation>
    </message>
    <message>
        <source>Sources that need attention</source>
        <translation>Quellen, die Aufmerksamkeit brauchen</translation>
    </message>
    <message>
        <source>Pictures, recordings and videos</source>
        <translation>Bilder, Aufnahmen und Videos</translation>
    </message>
    <message>
        <source>Nothing in “{name}” yet</source>
        <translation>Noch nichts in „{name}“</translation>
    </message>
    <message>
        <source>Drop files here, or drag sources from Everything onto the collection.</source>
        <translation>Legen Sie Dateien hier ab, oder ziehen Sie Quellen aus „Alles“ auf die Sammlung.</translation>
    </message>
    <message>
        <source>The trash is empty</source>
        <translation>Der Papierkorb ist leer</translation>
    </message>
    <message>
        <source>Items you delete appear here first.</source>
        <translation>Was Sie löschen, erscheint zuerst hier.</translation>
    </message>
    <message>
        <source>Words in {{double braces}} are the gap. Without any, the front is a question.</source>
        <translation>Wörter in {{doppelten Klammern}} sind die Lücke. Ohne solche ist die Vorderseite eine Frage.</translation>
    </message>
    <message>
        <source>Front of the card</source>
        <translation>Vorderseite der Karte</translation>
    </message>
    <message>
        <source>Answer to the question</source>
        <translation>Antwort auf die Frage</translation>
    </message>
    <message>
        <source>Save (Ctrl+Enter)</source>
        <translation>Speichern (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>This removes its words from the library's file and cannot be undone.</source>
        <translation>Das entfernt die Wörter aus der Bibliotheksdatei und lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Words of the note</source>
        <translation>Wortlaut der Notiz</translation>
    </message>
    <message>
        <source>Links to other notes</source>
        <translation>Verweise auf andere Notizen</translation>
    </message>
    <message>
        <source>The old wording stays in the history.</source>
        <translation>Der alte Wortlaut bleibt im Verlauf.</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>Notiz schreiben</translation>
    </message>
    <message>
        <source>Forget…</source>
        <translation>Vergessen…</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Edit card</source>
        <translation>Karte bearbeiten</translation>
    </message>
    <message>
        <source>Review due {due}</source>
        <translation>Wiederholung fällig am {due}</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Delete this permanently?</source>
        <translation>Dies endgültig löschen?</translation>
    </message>
    <message>
        <source>Said before</source>
        <translation>Früher gesagt</translation>
    </message>
    <message>
        <source>Said of the same</source>
        <translation>Zum selben gesagt</translation>
    </message>
    <message>
        <source>not {relation}</source>
        <translation>nicht {relation}</translation>
    </message>
    <message>
        <source>{text} (not sure)</source>
        <translation>{text} (nicht sicher)</translation>
    </message>
    <message>
        <source>Read before</source>
        <translation>Davor gelesen</translation>
    </message>
    <message>
        <source>added {told}</source>
        <translation>hinzugefügt am {told}</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>What it claims</source>
        <translation>Was sie behauptet</translation>
    </message>
    <message>
        <source>Markdown. Type [[ to link to a note or a passage.</source>
        <translation>Markdown. Mit [[ verweisen Sie auf eine Notiz oder Stelle.</translation>
    </message>
    <message>
        <source>This is too long to edit here: write it again and delete this one</source>
        <translation>Dies ist zu lang zum Bearbeiten: Schreiben Sie es neu, und löschen Sie dieses</translation>
    </message>
    <message>
        <source>A newer note replaced this; edit that one</source>
        <translation>Eine neuere Notiz hat diese ersetzt; bearbeiten Sie die neuere</translation>
    </message>
    <message>
        <source>Make card</source>
        <translation>Karte anlegen</translation>
    </message>
    <message>
        <source>Stop reviewing</source>
        <translation>Nicht mehr wiederholen</translation>
    </message>
    <message>
        <source>current</source>
        <translation>gültig</translation>
    </message>
    <message>
        <source>replaced</source>
        <translation>ersetzt</translation>
    </message>
    <message>
        <source>Show: {text}</source>
        <translation>Zeigen: {text}</translation>
    </message>
    <message>
        <source>Forgotten</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Said by</source>
        <translation>Gesagt von</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>{priority} of 10</source>
        <translation>{priority} von 10</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Gesetzt</translation>
    </message>
    <message>
        <source>True since</source>
        <translation>Gilt seit</translation>
    </message>
    <message>
        <source>No other note yet</source>
        <translation>Noch keine andere Notiz</translation>
    </message>
    <message>
        <source>Link…</source>
        <translation>Verweis…</translation>
    </message>
    <message>
        <source>Statements</source>
        <translation>Aussagen</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>Stances</source>
        <translation>Haltungen</translation>
    </message>
    <message>
        <source>Variables</source>
        <translation>Variablen</translation>
    </message>
    <message>
        <source>Highlights</source>
        <translation>Markierungen</translation>
    </message>
    <message>
        <source>What matters</source>
        <translation>Wichtiges</translation>
    </message>
    <message>
        <source>About you</source>
        <translation>Über Sie</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>Zu tun</translation>
    </message>
    <message>
        <source>Mistake</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>That's a question – ask it under Ask instead</source>
        <translation>Das ist eine Frage – stellen Sie sie unter „Fragen“</translation>
    </message>
    <message>
        <source>write it as a statement</source>
        <translation>schreiben Sie es als Aussage</translation>
    </message>
    <message>
        <source>it says too little</source>
        <translation>es sagt zu wenig</translation>
    </message>
    <message>
        <source>there are no words in it</source>
        <translation>es enthält keine Wörter</translation>
    </message>
    <message>
        <source>{kind}{where}…</source>
        <translation>{kind}{where}…</translation>
    </message>
    <message>
        <source>Remember{where}…</source>
        <translation>Merken{where}…</translation>
    </message>
    <message>
        <source> And {rest} more.</source>
        <translation> Und {rest} weitere.</translation>
    </message>
    <message>
        <source>Choose a kind</source>
        <translation>Art wählen</translation>
    </message>
    <message>
        <source>Something to remember</source>
        <translation>Etwas zum Merken</translation>
    </message>
    <message>
        <source> in “{collection}”</source>
        <translation> in „{collection}“</translation>
    </message>
    <message>
        <source>Not saved: {reasons}</source>
        <translation>Nicht gespeichert: {reasons}</translation>
    </message>
    <message>
        <source>Remember (Enter)</source>
        <translation>Merken (Eingabe)</translation>
    </message>
    <message>
        <source>Nothing: {why}.</source>
        <translation>Nichts: {why}.</translation>
    </message>
    <message>
        <source>Since {since}, added {told}</source>
        <translation>Seit {since}, hinzugefügt am {told}</translation>
    </message>
    <message>
        <source>{new} remembered</source>
        <translation>{new} gemerkt</translation>
    </message>
    <message>
        <source>; {gone} removed because the collection is full</source>
        <translation>; {gone} entfernt, weil die Sammlung voll ist</translation>
    </message>
    <message>
        <source>Search notes</source>
        <translation>Notizen durchsuchen</translation>
    </message>
    <message>
        <source>Colour, tag and source</source>
        <translation>Farbe, Schlagwort und Quelle</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Search {all} notes</source>
        <translation>{all} Notizen durchsuchen</translation>
    </message>
    <message>
        <source>Delete Notes</source>
        <translation>Notizen löschen</translation>
    </message>
    <message>
        <source>Only {colour}</source>
        <translation>Nur {colour}</translation>
    </message>
    <message>
        <source>All tags</source>
        <translation>Alle Schlagwörter</translation>
    </message>
    <message>
        <source>All sources</source>
        <translation>Alle Quellen</translation>
    </message>
    <message>
        <source>Tags…</source>
        <translation>Schlagwörter…</translation>
    </message>
    <message>
        <source>Make Card</source>
        <translation>Karte erstellen</translation>
    </message>
    <message>
        <source>Strengthen</source>
        <translation>Verstärken</translation>
    </message>
    <message>
        <source>Copy Link</source>
        <translation>Verweis kopieren</translation>
    </message>
    <message>
        <source>The newest {listed} of {held} are listed.</source>
        <translation>Aufgeführt sind die neuesten {listed} von {held}.</translation>
    </message>
    <message>
        <source>Notes are not shown in {what}. Choose Everything or a collection.</source>
        <translation>Notizen werden in {what} nicht gezeigt. Wählen Sie „Alles“ oder eine Sammlung.</translation>
    </message>
    <message>
        <source>{number} selected</source>
        <translation>{number} ausgewählt</translation>
    </message>
    <message>
        <source>Make cards</source>
        <translation>Karten anlegen</translation>
    </message>
    <message>
        <source>Strengthened to {strength:.1f}</source>
        <translation>Verstärkt auf {strength:.1f}</translation>
    </message>
    <message>
        <source>the Trash</source>
        <translation>dem Papierkorb</translation>
    </message>
    <message>
        <source>tags</source>
        <translation>Schlagwörtern</translation>
    </message>
    <message>
        <source>Write it in plain words above: what was decided, who does what, where things are. Answers draw on it along with your sources.</source>
        <translation>Schreiben Sie es oben in einfachen Worten: was beschlossen wurde, wer was tut, wo etwas ist. Antworten nutzen es neben Ihren Quellen.</translation>
    </message>
    <message>
        <source>No notes{where} yet</source>
        <translation>Noch keine Notizen{where}</translation>
    </message>
    <message>
        <source>{notes} deleted</source>
        <translation>{notes} gelöscht</translation>
    </message>
    <message>
        <source>Only sources here</source>
        <translation>Hier sind nur Quellen</translation>
    </message>
    <message>
        <source>Show all notes</source>
        <translation>Alle Notizen zeigen</translation>
    </message>
    <message>
        <source> among {plural}</source>
        <translation> unter {plural}</translation>
    </message>
    <message>
        <source>No note contains “{sought}”{among}.</source>
        <translation>Keine Notiz enthält „{sought}“{among}.</translation>
    </message>
    <message>
        <source>Remember something</source>
        <translation>Etwas merken</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>Ersetzt</translation>
    </message>
    <message>
        <source>Expired</source>
        <translation>Abgelaufen</translation>
    </message>
    <message>
        <source>in {collection}</source>
        <translation>in {collection}</translation>
    </message>
    <message>
        <source>tagged {tags}</source>
        <translation>mit den Schlagwörtern {tags}</translation>
    </message>
    <message>
        <source>said by {teller}</source>
        <translation>gesagt von {teller}</translation>
    </message>
    <message>
        <source>said by you</source>
        <translation>gesagt von Ihnen</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Gespräche</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>{year} BC</source>
        <translation>{year} v. Chr.</translation>
    </message>
    <message>
        <source>Highlight in {colour}</source>
        <translation>Markieren in {colour}</translation>
    </message>
    <message>
        <source>Selected words</source>
        <translation>Ausgewählte Wörter</translation>
    </message>
    <message>
        <source>Cite</source>
        <translation>Zitieren</translation>
    </message>
    <message>
        <source>Copied with citation</source>
        <translation>Mit Quellenangabe kopiert</translation>
    </message>
    <message>
        <source>Write a note (N)</source>
        <translation>Notiz schreiben (N)</translation>
    </message>
    <message>
        <source>Ask about these words (A)</source>
        <translation>Nach diesen Wörtern fragen (A)</translation>
    </message>
    <message>
        <source>Copy with citation (C)</source>
        <translation>Mit Quellenangabe kopieren (C)</translation>
    </message>
    <message>
        <source>Delete this highlight (Delete)</source>
        <translation>Diese Markierung löschen (Entf)</translation>
    </message>
    <message>
        <source>Highlight</source>
        <translation>Markierung</translation>
    </message>
    <message>
        <source>This source is in the Trash</source>
        <translation>Diese Quelle liegt im Papierkorb</translation>
    </message>
    <message>
        <source>It is not searched. To bring it back, open the Trash and restore it.</source>
        <translation>Sie wird nicht durchsucht. Um sie zurückzuholen, öffnen Sie den Papierkorb und stellen sie wieder her.</translation>
    </message>
    <message>
        <source>This source was deleted</source>
        <translation>Diese Quelle wurde gelöscht</translation>
    </message>
    <message>
        <source>This view will close when you leave it.</source>
        <translation>Diese Ansicht schließt sich, wenn Sie sie verlassen.</translation>
    </message>
    <message>
        <source>The original can't be shown; this is its text</source>
        <translation>Das Original lässt sich nicht zeigen; dies ist sein Text</translation>
    </message>
    <message>
        <source>There is no transcript yet</source>
        <translation>Es gibt noch kein Transkript</translation>
    </message>
    <message>
        <source>The pages of this PDF are locked; this is its text</source>
        <translation>Die Seiten dieses PDFs sind gesperrt; dies ist sein Text</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Kapitel</translation>
    </message>
    <message>
        <source>Open in Read (Ctrl+1)</source>
        <translation>In Lesen öffnen (Strg+1)</translation>
    </message>
    <message>
        <source>Close this page</source>
        <translation>Diese Seite schließen</translation>
    </message>
    <message>
        <source>Back (Alt+Left)</source>
        <translation>Zurück (Alt+Links)</translation>
    </message>
    <message>
        <source>Forward (Alt+Right)</source>
        <translation>Vorwärts (Alt+Rechts)</translation>
    </message>
    <message>
        <source>Page: printed number, or number in the file</source>
        <translation>Seite: gedruckte Seitenzahl oder Nummer in der Datei</translation>
    </message>
    <message>
        <source>Go to a page: type its printed number, or its number in the file</source>
        <translation>Zu einer Seite gehen: gedruckte Seitenzahl oder Nummer in der Datei eingeben</translation>
    </message>
    <message>
        <source>Text size, width and face</source>
        <translation>Textgröße, Breite und Schrift</translation>
    </message>
    <message>
        <source>Zoom out (Ctrl+-)</source>
        <translation>Verkleinern (Strg+-)</translation>
    </message>
    <message>
        <source>Zoom in (Ctrl++)</source>
        <translation>Vergrößern (Strg++)</translation>
    </message>
    <message>
        <source>Fit the width (Ctrl+0) or the page (Ctrl+9)</source>
        <translation>Breite (Strg+0) oder Seite (Strg+9) einpassen</translation>
    </message>
    <message>
        <source>Find in this source (Ctrl+F)</source>
        <translation>In dieser Quelle suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Open beside</source>
        <translation>Daneben öffnen</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>PDF {number} of {of}</source>
        <translation>PDF {number} von {of}</translation>
    </message>
    <message>
        <source>Colours of the pages</source>
        <translation>Farben der Seiten</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Evidence {at} of {of} for “⁨{question}⁩”</source>
        <translation>Beleg {at} von {of} zu „⁨{question}⁩“</translation>
    </message>
    <message>
        <source>Find in this source</source>
        <translation>In dieser Quelle suchen</translation>
    </message>
    <message>
        <source>Previous place (Shift+Enter)</source>
        <translation>Vorige Fundstelle (Umschalt+Eingabe)</translation>
    </message>
    <message>
        <source>Next place (Enter)</source>
        <translation>Nächste Fundstelle (Eingabe)</translation>
    </message>
    <message>
        <source>Close find (Esc)</source>
        <translation>Suche schließen (Esc)</translation>
    </message>
    <message>
        <source>The quoted words are no longer on this page</source>
        <translation>Die zitierten Wörter stehen nicht mehr auf dieser Seite</translation>
    </message>
    <message>
        <source>The text here has changed since it was quoted. Ask again to find it.</source>
        <translation>Der Text hat sich geändert, seit er zitiert wurde. Fragen Sie noch einmal, um die Stelle zu finden.</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>of {of}</source>
        <translation>von {of}</translation>
    </message>
    <message>
        <source>{value} % read</source>
        <translation>{value} % gelesen</translation>
    </message>
    <message>
        <source>Previous evidence</source>
        <translation>Voriger Beleg</translation>
    </message>
    <message>
        <source>Next evidence</source>
        <translation>Nächster Beleg</translation>
    </message>
    <message>
        <source>page {number} of {of}</source>
        <translation>Seite {number} von {of}</translation>
    </message>
    <message>
        <source>Not in this source</source>
        <translation>Nicht in dieser Quelle</translation>
    </message>
    <message>
        <source>first {of}</source>
        <translation>erste {of}</translation>
    </message>
    <message>
        <source>{at} of {total}</source>
        <translation>{at} von {total}</translation>
    </message>
    <message>
        <source>Place in the whole text</source>
        <translation>Stelle im ganzen Text</translation>
    </message>
    <message>
        <source>Select the words that were heard wrong, then press F2.</source>
        <translation>Wählen Sie die falsch verstandenen Wörter aus, und drücken Sie F2.</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>Was gesagt wurde</translation>
    </message>
    <message>
        <source>The right words</source>
        <translation>Die richtigen Wörter</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Korrigieren</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Correct the transcript</source>
        <translation>Transkript korrigieren</translation>
    </message>
    <message>
        <source>Instead of “{wrong}”:</source>
        <translation>Statt „{wrong}“:</translation>
    </message>
    <message>
        <source>; {quotes} followed</source>
        <translation>; {quotes} angepasst</translation>
    </message>
    <message>
        <source>, {lost} lost its words</source>
        <translation>, {lost} ohne ihre Wörter</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Korrigiert</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>Put back</source>
        <translation>Zurückgestellt</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Ausgelassen</translation>
    </message>
    <message>
        <source>Write a note…</source>
        <translation>Notiz schreiben…</translation>
    </message>
    <message>
        <source>Select words to highlight them or to write a note.</source>
        <translation>Wählen Sie Wörter aus, um sie zu markieren oder eine Notiz zu schreiben.</translation>
    </message>
    <message>
        <source>Highlights and notes</source>
        <translation>Markierungen und Notizen</translation>
    </message>
    <message>
        <source>These words are no longer in the text.</source>
        <translation>Diese Wörter stehen nicht mehr im Text.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Part {ordinal}</source>
        <translation>Teil {ordinal}</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Page {label}</source>
        <translation>Seite {label}</translation>
    </message>
    <message>
        <source>The speech model was not sure of this word. Listen, then press F2 to correct it.</source>
        <translation>Die Spracherkennung war sich bei diesem Wort nicht sicher. Hören Sie hin, und drücken Sie F2, um es zu korrigieren.</translation>
    </message>
    <message>
        <source>Nothing is open</source>
        <translation>Nichts geöffnet</translation>
    </message>
    <message>
        <source>Open a source from the Library, or click a citation.</source>
        <translation>Öffnen Sie eine Quelle aus der Bibliothek, oder klicken Sie auf einen Beleg.</translation>
    </message>
    <message>
        <source>Not cited: {words}</source>
        <translation>Nicht zitiert: {words}</translation>
    </message>
    <message>
        <source>, page {label}</source>
        <translation>, Seite {label}</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>Leseansicht</translation>
    </message>
    <message>
        <source>Quoted: {quoted}</source>
        <translation>Zitiert: {quoted}</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Click to go there; left and right go five seconds</source>
        <translation>Klicken, um dorthin zu springen; Links und Rechts springen fünf Sekunden</translation>
    </message>
    <message>
        <source>{time_words} of {time_words2}</source>
        <translation>{time_words} von {time_words2}</translation>
    </message>
    <message>
        <source>Correct the selected words (F2)</source>
        <translation>Ausgewählte Wörter korrigieren (F2)</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source> {where} from {time_words}</source>
        <translation> {where} ab {time_words}</translation>
    </message>
    <message>
        <source>Text and colours</source>
        <translation>Text und Farben</translation>
    </message>
    <message>
        <source>Smaller Text</source>
        <translation>Kleinerer Text</translation>
    </message>
    <message>
        <source>Larger Text</source>
        <translation>Größerer Text</translation>
    </message>
    <message>
        <source>Usual Size</source>
        <translation>Normale Größe</translation>
    </message>
    <message>
        <source>Original Colours</source>
        <translation>Originalfarben</translation>
    </message>
    <message>
        <source>{width} Lines</source>
        <translation>Zeilenbreite: {width}</translation>
    </message>
    <message>
        <source>Serif</source>
        <translation>Serifen</translation>
    </message>
    <message>
        <source>Sans Serif</source>
        <translation>Serifenlos</translation>
    </message>
    <message>
        <source>{words}, {menu} menu: {shown}{changed}</source>
        <translation>{words}, Menü {menu}: {shown}{changed}</translation>
    </message>
    <message>
        <source>Sleep and learning</source>
        <translation>Schlaf und Lernen</translation>
    </message>
    <message>
        <source>Sleep strengthens what you used, merges duplicates and archives what has faded. It never deletes anything, and one Undo takes it all back.</source>
        <translation>Der Schlaf verstärkt, was Sie benutzt haben, führt Doppeltes zusammen und archiviert Verblasstes. Er löscht nie etwas, und ein einziges „Rückgängig“ nimmt alles zurück.</translation>
    </message>
    <message>
        <source>Same as system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Applies to all windows.</source>
        <translation>Gilt für alle Fenster.</translation>
    </message>
    <message>
        <source>, changed</source>
        <translation>, geändert</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Choose an action, then press the keys you want for it.</source>
        <translation>Wählen Sie eine Aktion, und drücken Sie die Tasten dafür.</translation>
    </message>
    <message>
        <source>Preview sleep</source>
        <translation>Vorschau des Schlafs</translation>
    </message>
    <message>
        <source>Show what fades</source>
        <translation>Verblassendes zeigen</translation>
    </message>
    <message>
        <source>Citation style</source>
        <translation>Zitierstil</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Design</translation>
    </message>
    <message>
        <source>Size of the text</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>Restore Defaults</source>
        <translation>Auf Standard zurücksetzen</translation>
    </message>
    <message>
        <source>Filter actions or keys</source>
        <translation>Aktionen oder Tasten filtern</translation>
    </message>
    <message>
        <source>New keys</source>
        <translation>Neue Tasten</translation>
    </message>
    <message>
        <source>Press keys</source>
        <translation>Tasten drücken</translation>
    </message>
    <message>
        <source>Use These Keys</source>
        <translation>Diese Tasten benutzen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Reset All</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>{shown} is used for “{words}”, which would lose it.</source>
        <translation>{shown} gehört zu „{words}“ und ginge dort verloren.</translation>
    </message>
    <message>
        <source>Author, title and place</source>
        <translation>Autor, Titel und Stelle</translation>
    </message>
    <message>
        <source>Another style…</source>
        <translation>Anderer Stil…</translation>
    </message>
    <message>
        <source>Follows the system until you choose another.</source>
        <translation>Folgt dem System, bis Sie ein anderes wählen.</translation>
    </message>
    <message>
        <source>Takes effect when you start Workbench again.</source>
        <translation>Gilt, sobald Sie Workbench neu starten.</translation>
    </message>
    <message>
        <source>Applies everywhere. In the Reader, Ctrl+Plus enlarges only the page.</source>
        <translation>Gilt überall. Beim Lesen vergrößert Strg+Plus nur die Seite.</translation>
    </message>
    <message>
        <source>How Copy with citation names a source. Any .csl file works.</source>
        <translation>Wie „Mit Quellenangabe kopieren“ eine Quelle nennt. Jede .csl-Datei passt.</translation>
    </message>
    <message>
        <source>Theme, text, citation style and shortcuts as they came</source>
        <translation>Design, Text, Zitierstil und Tastenkürzel wie mitgeliefert</translation>
    </message>
    <message>
        <source>Styles (*.csl)</source>
        <translation>Stile (*.csl)</translation>
    </message>
    <message>
        <source>no shortcut</source>
        <translation>kein Tastenkürzel</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Go back to the keys it came with</source>
        <translation>Zurück zu den mitgelieferten Tasten</translation>
    </message>
    <message>
        <source>Use Anyway</source>
        <translation>Trotzdem benutzen</translation>
    </message>
    <message>
        <source>Sleep</source>
        <translation>Schlaf</translation>
    </message>
    <message>
        <source>writes</source>
        <translation>schreibt</translation>
    </message>
    <message>
        <source>thinks</source>
        <translation>denkt nach</translation>
    </message>
    <message>
        <source>makes vectors</source>
        <translation>erzeugt Vektoren</translation>
    </message>
    <message>
        <source>sees images</source>
        <translation>sieht Bilder</translation>
    </message>
    <message>
        <source>uses tools</source>
        <translation>benutzt Werkzeuge</translation>
    </message>
    <message>
        <source>Optional. Without a model, answers are direct quotes. Ollama, llama.cpp, LM Studio or vLLM run language models on this computer.</source>
        <translation>Freiwillig. Ohne Modell sind Antworten wörtliche Zitate. Ollama, llama.cpp, LM Studio oder vLLM führen Sprachmodelle auf diesem Computer aus.</translation>
    </message>
    <message>
        <source>{server} is running at {address}, {where}.</source>
        <translation>{server} läuft unter {address}, {where}.</translation>
    </message>
    <message>
        <source>Graphics card: {named}. The model server uses it automatically.</source>
        <translation>Grafikkarte: {named}. Der Modellserver nutzt sie von selbst.</translation>
    </message>
    <message>
        <source>Written answers</source>
        <translation>Geschriebene Antworten</translation>
    </message>
    <message>
        <source>Writes a short answer; every sentence is checked against your sources.</source>
        <translation>Schreibt eine kurze Antwort; jeder Satz wird an Ihren Quellen geprüft.</translation>
    </message>
    <message>
        <source>Quotes, no model</source>
        <translation>Zitate, kein Modell</translation>
    </message>
    <message>
        <source>Links out of texts</source>
        <translation>Verknüpfungen aus Texten</translation>
    </message>
    <message>
        <source>Finds more links between concepts, each with its sentence.</source>
        <translation>Findet mehr Verknüpfungen zwischen Begriffen, jede mit ihrem Satz.</translation>
    </message>
    <message>
        <source>Rules, no model</source>
        <translation>Regeln, kein Modell</translation>
    </message>
    <message>
        <source>Choosing passages</source>
        <translation>Stellen auswählen</translation>
    </message>
    <message>
        <source>Reads up to 24 passages one by one, and writes from the one that answers best. Slow. Offered for models that find more by it when you ask 12 questions.</source>
        <translation>Liest bis zu 24 Stellen einzeln und schreibt aus der, die am besten antwortet. Langsam. Angeboten für Modelle, die damit mehr finden, wenn Sie 12 Fragen stellen.</translation>
    </message>
    <message>
        <source>The program's own reader</source>
        <translation>Der Leser des Programms</translation>
    </message>
    <message>
        <source>Language models</source>
        <translation>Sprachmodelle</translation>
    </message>
    <message>
        <source>Fetching</source>
        <translation>Wird geholt</translation>
    </message>
    <message>
        <source>Asking for it…</source>
        <translation>Wird angefragt…</translation>
    </message>
    <message>
        <source>first word after {first:.1f} s, all in {seconds:.1f} s</source>
        <translation>erstes Wort nach {first:.1f} s, alles in {seconds:.1f} s</translation>
    </message>
    <message>
        <source>{context} tokens</source>
        <translation>{context} Token</translation>
    </message>
    <message>
        <source>on this computer</source>
        <translation>auf diesem Computer</translation>
    </message>
    <message>
        <source>on another computer: texts are sent there</source>
        <translation>auf einem anderen Computer: Texte werden dorthin gesendet</translation>
    </message>
    <message>
        <source>No graphics card found; the processor is used.</source>
        <translation>Keine Grafikkarte gefunden; der Prozessor wird benutzt.</translation>
    </message>
    <message>
        <source>Address of the model server</source>
        <translation>Adresse des Modellservers</translation>
    </message>
    <message>
        <source>A model to fetch, such as llama3.2</source>
        <translation>Ein Modell zum Holen, etwa llama3.2</translation>
    </message>
    <message>
        <source>Model to fetch</source>
        <translation>Modell zum Holen</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>Holen</translation>
    </message>
    <message>
        <source>Ollama downloads it from its online library.</source>
        <translation>Ollama lädt es aus seiner Online-Bibliothek.</translation>
    </message>
    <message>
        <source>Key of a provider, if it wants one</source>
        <translation>Schlüssel eines Anbieters, falls er einen verlangt</translation>
    </message>
    <message>
        <source>Key of the model server</source>
        <translation>Schlüssel des Modellservers</translation>
    </message>
    <message>
        <source>Use this computer</source>
        <translation>Diesen Computer benutzen</translation>
    </message>
    <message>
        <source>Send texts there</source>
        <translation>Texte dorthin senden</translation>
    </message>
    <message>
        <source>Fetch one below, such as llama3.2.</source>
        <translation>Holen Sie unten eines, etwa llama3.2.</translation>
    </message>
    <message>
        <source>What is sent from this library</source>
        <translation>Was aus dieser Bibliothek gesendet wird</translation>
    </message>
    <message>
        <source>Asking {name} 12 questions</source>
        <translation>{name} wird 12 Fragen gefragt</translation>
    </message>
    <message>
        <source>{model} needs a look</source>
        <translation>{model} sollten Sie prüfen</translation>
    </message>
    <message>
        <source>{model} answers</source>
        <translation>{model} antwortet</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>{rate:.0f} tokens/s, {took}</source>
        <translation>{rate:.0f} Token/s, {took}</translation>
    </message>
    <message>
        <source>on the processor</source>
        <translation>auf dem Prozessor</translation>
    </message>
    <message>
        <source>{share} on the graphics card</source>
        <translation>{share} auf der Grafikkarte</translation>
    </message>
    <message>
        <source>reads {context} tokens</source>
        <translation>liest {context} Token</translation>
    </message>
    <message>
        <source>of 10 questions {right} right, {wrong} wrong, {silent} without an answer; quotes alone {quotes} right</source>
        <translation>von 10 Fragen {right} richtig, {wrong} falsch, {silent} ohne Antwort; Zitate allein {quotes} richtig</translation>
    </message>
    <message>
        <source>Too large here</source>
        <translation>Zu groß für hier</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>“{host}” is another computer.</source>
        <translation>„{host}“ ist ein anderer Computer.</translation>
    </message>
    <message>
        <source>Your questions, and the text its models read, would be sent there, from each library that you allow. Nothing has been sent yet.</source>
        <translation>Ihre Fragen und der Text, den seine Modelle lesen, würden dorthin gesendet, aus jeder Bibliothek, für die Sie es erlauben. Noch wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>Asking {address}…</source>
        <translation>{address} wird gefragt…</translation>
    </message>
    <message>
        <source>Load one there.</source>
        <translation>Laden Sie dort eines.</translation>
    </message>
    <message>
        <source>It has no model yet.</source>
        <translation>Noch kein Modell vorhanden.</translation>
    </message>
    <message>
        <source>Nothing is sent from this library</source>
        <translation>Aus dieser Bibliothek wird nichts gesendet</translation>
    </message>
    <message>
        <source>This library may be sent</source>
        <translation>Diese Bibliothek darf gesendet werden</translation>
    </message>
    <message>
        <source>Never send from this library</source>
        <translation>Nie aus dieser Bibliothek senden</translation>
    </message>
    <message>
        <source>Model for: {name}</source>
        <translation>Modell für: {name}</translation>
    </message>
    <message>
        <source>{name} was tested</source>
        <translation>{name} wurde geprüft</translation>
    </message>
    <message>
        <source>Its figures are in its line.</source>
        <translation>Seine Zahlen stehen in seiner Zeile.</translation>
    </message>
    <message>
        <source>{name} was fetched</source>
        <translation>{name} wurde geholt</translation>
    </message>
    <message>
        <source>You can test and choose it now.</source>
        <translation>Sie können es jetzt testen und wählen.</translation>
    </message>
    <message>
        <source>Fetching {name}</source>
        <translation>{name} wird geholt</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>Probe</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>writes text</source>
        <translation>schreibt Text</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Server wird gefragt…</translation>
    </message>
    <message>
        <source>What models are used for</source>
        <translation>Wofür Modelle benutzt werden</translation>
    </message>
    <message>
        <source>{name} (quotes alone are better)</source>
        <translation>{name} (Zitate allein sind besser)</translation>
    </message>
    <message>
        <source>{chosen} (missing)</source>
        <translation>{chosen} (fehlt)</translation>
    </message>
    <message>
        <source>Ask 12 questions</source>
        <translation>12 Fragen stellen</translation>
    </message>
    <message>
        <source>Pages are fetched once, when you add their link; only the address is sent. </source>
        <translation>Seiten werden einmal abgerufen, wenn Sie ihren Link hinzufügen; gesendet wird nur die Adresse. </translation>
    </message>
    <message>
        <source>{said}{many} in this library came that way, the last on {day}: {address}</source>
        <translation>{said}In dieser Bibliothek: {many}, zuletzt am {day}: {address}</translation>
    </message>
    <message>
        <source>{said}No page has been fetched for this library.</source>
        <translation>{said}Für diese Bibliothek wurde keine Seite abgerufen.</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Datenschutz</translation>
    </message>
    <message>
        <source>Nothing is sent automatically: no account, no statistics, no update check.</source>
        <translation>Nichts wird von selbst gesendet: kein Konto, keine Statistik, keine Suche nach Updates.</translation>
    </message>
    <message>
        <source>Models run on this computer only; Workbench asks before using another machine.</source>
        <translation>Modelle laufen nur auf diesem Computer; bevor Workbench einen anderen benutzt, fragt es.</translation>
    </message>
    <message>
        <source>An assistant or script that you set up gets what it asks of the library; what it does with that is up to it.</source>
        <translation>Ein Assistent oder Skript, das Sie einrichten, bekommt aus der Bibliothek, wonach es fragt; was es damit macht, liegt bei ihm.</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Let an AI assistant, a script or your browser use this library. Programs on this computer only.</source>
        <translation>Lassen Sie einen KI-Assistenten, ein Skript oder Ihren Browser diese Bibliothek nutzen. Nur Programme auf diesem Computer.</translation>
    </message>
    <message>
        <source>Library &amp; backup</source>
        <translation>Bibliothek &amp; Sicherung</translation>
    </message>
    <message>
        <source>A library is one file. Your documents stay where they are.</source>
        <translation>Eine Bibliothek ist eine Datei. Ihre Dokumente bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>New files in these folders are added automatically.</source>
        <translation>Neue Dateien in diesen Ordnern werden von selbst hinzugefügt.</translation>
    </message>
    <message>
        <source> and {others}</source>
        <translation> und {others}</translation>
    </message>
    <message>
        <source>{first}{more}: new and changed files are added; nothing is ever deleted.</source>
        <translation>{first}{more}: Neue und geänderte Dateien werden hinzugefügt; nie wird etwas gelöscht.</translation>
    </message>
    <message>
        <source>You allowed that questions and the passages that go with them are sent to {address}, from each library that allows it. Models in Settings takes that back.</source>
        <translation>Sie haben erlaubt, dass Fragen und ihre Stellen an {address} gesendet werden, aus jeder Bibliothek, die es erlaubt. Unter Modelle in den Einstellungen nehmen Sie das zurück.</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Where a model of the server at {address} reads a library, its texts are sent there, as you allowed. Models in Settings turns that off.</source>
        <translation>Wo ein Modell des Servers unter {address} eine Bibliothek liest, werden ihre Texte dorthin gesendet, wie Sie es erlaubt haben. Unter „Modelle“ in den Einstellungen schalten Sie das ab.</translation>
    </message>
    <message>
        <source>Search by meaning</source>
        <translation>Suche nach Bedeutung</translation>
    </message>
    <message>
        <source>Embedding models run on this computer.</source>
        <translation>Einbettungsmodelle laufen auf diesem Computer.</translation>
    </message>
    <message>
        <source>Other programs</source>
        <translation>Andere Programme</translation>
    </message>
    <message>
        <source>{told} Connected: {each}.</source>
        <translation>{told} Verbunden: {each}.</translation>
    </message>
    <message>
        <source>Connected now</source>
        <translation>Gerade verbunden</translation>
    </message>
    <message>
        <source>The library</source>
        <translation>Die Bibliothek</translation>
    </message>
    <message>
        <source>{library} contains the text of your sources, their index, collections, the queue and saved web pages. It is one file; File ▸ Back Up copies it while it is in use.</source>
        <translation>{library} enthält den Text Ihrer Quellen, deren Index, Sammlungen, die Warteschlange und gespeicherte Webseiten. Es ist eine Datei; Datei ▸ Sichern kopiert sie auch während der Benutzung.</translation>
    </message>
    <message>
        <source>Your files</source>
        <translation>Ihre Dateien</translation>
    </message>
    <message>
        <source>They stay where they are. The library remembers where, and a fingerprint of the content.</source>
        <translation>Sie bleiben, wo sie sind. Die Bibliothek merkt sich, wo, und einen Fingerabdruck des Inhalts.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>{file} contains the theme, text size, window layout and which library was open last.</source>
        <translation>{file} enthält Design, Textgröße, Anordnung des Fensters und die zuletzt geöffnete Bibliothek.</translation>
    </message>
    <message>
        <source>If the program crashes</source>
        <translation>Wenn das Programm abstürzt</translation>
    </message>
    <message>
        <source>{log_dir} contains logs without document text. A report is made only if you ask, and you see all of it first.</source>
        <translation>{log_dir} enthält Protokolle ohne Text der Dokumente. Ein Bericht entsteht nur auf Ihren Wunsch, und Sie sehen ihn zuerst ganz.</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Zwischenspeicher</translation>
    </message>
    <message>
        <source>{cache_dir} is a cache. It is safe to delete.</source>
        <translation>{cache_dir} ist ein Zwischenspeicher. Er kann gelöscht werden.</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Allow saving and deleting</source>
        <translation>Speichern und Löschen erlauben</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Put this into {CLIENTS}, then start the assistant again.</source>
        <translation>Tragen Sie dies in {CLIENTS} ein, und starten Sie den Assistenten neu.</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy bookmark</source>
        <translation>Lesezeichen kopieren</translation>
    </message>
    <message>
        <source>Show extension</source>
        <translation>Erweiterung zeigen</translation>
    </message>
    <message>
        <source>{about} · It is created when you add the first source.</source>
        <translation>{about} · Sie entsteht, wenn Sie die erste Quelle hinzufügen.</translation>
    </message>
    <message>
        <source>What is sent</source>
        <translation>Was gesendet wird</translation>
    </message>
    <message>
        <source>What is stored</source>
        <translation>Was gespeichert wird</translation>
    </message>
    <message>
        <source>When one is used</source>
        <translation>Wenn eines benutzt wird</translation>
    </message>
    <message>
        <source>When texts are added</source>
        <translation>Wenn Texte hinzukommen</translation>
    </message>
    <message>
        <source>When you set one up</source>
        <translation>Wenn Sie eines einrichten</translation>
    </message>
    <message>
        <source>Pages and videos of the web</source>
        <translation>Seiten und Videos aus dem Web</translation>
    </message>
    <message>
        <source>When you add a link</source>
        <translation>Wenn Sie einen Link hinzufügen</translation>
    </message>
    <message>
        <source>Speech and pictures</source>
        <translation>Sprache und Bilder</translation>
    </message>
    <message>
        <source>Recordings and pictures stay on this computer; a model for them is downloaded from huggingface.co when you press Download.</source>
        <translation>Aufnahmen und Bilder bleiben auf diesem Computer; ein Modell für sie wird von huggingface.co heruntergeladen, wenn Sie „Herunterladen“ wählen.</translation>
    </message>
    <message>
        <source>Questions and answers</source>
        <translation>Fragen und Antworten</translation>
    </message>
    <message>
        <source>Your questions, your documents and the answers stay in the library's file.</source>
        <translation>Ihre Fragen, Ihre Dokumente und die Antworten bleiben in der Bibliotheksdatei.</translation>
    </message>
    <message>
        <source>Copy: configuration</source>
        <translation>Kopieren: Konfiguration</translation>
    </message>
    <message>
        <source>Scripts and other programs</source>
        <translation>Skripte und andere Programme</translation>
    </message>
    <message>
        <source>Start a server with this command; it prints its address.</source>
        <translation>Starten Sie mit diesem Befehl einen Server; er nennt seine Adresse.</translation>
    </message>
    <message>
        <source>Add the page you are reading</source>
        <translation>Die gerade gelesene Seite hinzufügen</translation>
    </message>
    <message>
        <source>With the server running: a bookmark sends the address, the browser extension the whole page.</source>
        <translation>Wenn der Server läuft: Ein Lesezeichen sendet die Adresse, die Browser-Erweiterung die ganze Seite.</translation>
    </message>
    <message>
        <source>Watch folders</source>
        <translation>Überwachte Ordner</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Sicherung</translation>
    </message>
    <message>
        <source>Makes a verified copy. You can keep working.</source>
        <translation>Erstellt eine geprüfte Kopie. Sie können weiterarbeiten.</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Checks every quote and index against the texts.</source>
        <translation>Prüft alle Zitate und Verzeichnisse an den Texten.</translation>
    </message>
    <message>
        <source>Also on this computer</source>
        <translation>Auch auf diesem Computer</translation>
    </message>
    <message>
        <source>Logs (no document text)</source>
        <translation>Protokolle (ohne Text der Dokumente)</translation>
    </message>
    <message>
        <source>Cache (safe to delete)</source>
        <translation>Zwischenspeicher (kann gelöscht werden)</translation>
    </message>
    <message>
        <source>AI assistants</source>
        <translation>KI-Assistenten</translation>
    </message>
    <message>
        <source>Scripts and browsers</source>
        <translation>Skripte und Browser</translation>
    </message>
    <message>
        <source>Open another…</source>
        <translation>Andere öffnen…</translation>
    </message>
    <message>
        <source>On</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Watched folders…</source>
        <translation>Überwachte Ordner…</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>Sichern…</translation>
    </message>
    <message>
        <source>Restore…</source>
        <translation>Wiederherstellen…</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>AI assistants (MCP)</source>
        <translation>KI-Assistenten (MCP)</translation>
    </message>
    <message>
        <source>an assistant</source>
        <translation>ein Assistent</translation>
    </message>
    <message>
        <source>may change it</source>
        <translation>darf sie ändern</translation>
    </message>
    <message>
        <source>read only</source>
        <translation>nur lesen</translation>
    </message>
    <message>
        <source>Finds passages that say the same thing in different words. Runs on this computer. A model is included; you can choose another or turn it off.</source>
        <translation>Findet Stellen, die dasselbe mit anderen Wörtern sagen. Läuft auf diesem Computer. Ein Modell ist dabei; Sie können ein anderes wählen oder es abschalten.</translation>
    </message>
    <message>
        <source>{word}: {done} of {total}</source>
        <translation>{word}: {done} von {total}</translation>
    </message>
    <message>
        <source>Transcribes recordings without captions. Runs on this computer. Downloading a model fetches its files from huggingface.co and sends nothing of yours.</source>
        <translation>Schreibt Aufnahmen ohne Untertitel ab. Läuft auf diesem Computer. Beim Herunterladen eines Modells werden dessen Dateien von huggingface.co geholt; von Ihnen wird nichts gesendet.</translation>
    </message>
    <message>
        <source>Downloading the image model {name}</source>
        <translation>Das Bildmodell {name} wird heruntergeladen</translation>
    </message>
    <message>
        <source>Image model {name} downloaded</source>
        <translation>Bildmodell {name} heruntergeladen</translation>
    </message>
    <message>
        <source>Choose Use, and it looks at your pictures.</source>
        <translation>Wählen Sie „Verwenden“, dann sieht es Ihre Bilder an.</translation>
    </message>
    <message>
        <source>Finds pictures, and figures in PDFs, by what they show. Runs on this computer. Downloading a model fetches its files from huggingface.co and sends nothing of yours. Without one, only captions and words in pictures are searched.</source>
        <translation>Findet Bilder, und Abbildungen in PDFs, nach dem, was sie zeigen. Läuft auf diesem Computer. Beim Herunterladen eines Modells werden dessen Dateien von huggingface.co geholt; von Ihnen wird nichts gesendet. Ohne ein Modell werden nur Bildunterschriften und Wörter in Bildern durchsucht.</translation>
    </message>
    <message>
        <source>Embedding models</source>
        <translation>Einbettungsmodelle</translation>
    </message>
    <message>
        <source>A folder that contains a sentence-transformers model</source>
        <translation>Ein Ordner mit einem sentence-transformers-Modell</translation>
    </message>
    <message>
        <source>The folder of an embedding model</source>
        <translation>Ordner eines Einbettungsmodells</translation>
    </message>
    <message>
        <source>{name} reads the library</source>
        <translation>{name} liest die Bibliothek</translation>
    </message>
    <message>
        <source>{name} has read the library</source>
        <translation>{name} hat die Bibliothek gelesen</translation>
    </message>
    <message>
        <source>Answers and See also now find similar meanings too.</source>
        <translation>Antworten und „Siehe auch“ finden jetzt auch ähnliche Bedeutungen.</translation>
    </message>
    <message>
        <source>Speech models</source>
        <translation>Modelle für Aufnahmen</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>A folder that contains a speech model for faster-whisper</source>
        <translation>Ein Ordner mit einem Modell für faster-whisper</translation>
    </message>
    <message>
        <source>The folder of a speech model</source>
        <translation>Ordner eines Modells für Aufnahmen</translation>
    </message>
    <message>
        <source>Downloading the speech model {name}</source>
        <translation>Modell {name} für Aufnahmen wird heruntergeladen</translation>
    </message>
    <message>
        <source>Speech model {name} downloaded</source>
        <translation>Modell {name} für Aufnahmen ist da</translation>
    </message>
    <message>
        <source>Recordings will be transcribed with it.</source>
        <translation>Aufnahmen werden damit abgeschrieben.</translation>
    </message>
    <message>
        <source>If all your recordings are in one language, choosing it is faster and more accurate.</source>
        <translation>Wenn alle Ihre Aufnahmen in einer Sprache sind, wird es mit ihrer Wahl schneller und genauer.</translation>
    </message>
    <message>
        <source>{words} · about {memory} of memory</source>
        <translation>{words} · etwa {memory} Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Image model</source>
        <translation>Bildmodell</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>Sieht Bilder an</translation>
    </message>
    <message>
        <source>A folder that contains an image model for open_clip</source>
        <translation>Ein Ordner mit einem Bildmodell für open_clip</translation>
    </message>
    <message>
        <source>The folder of an image model</source>
        <translation>Ordner eines Bildmodells</translation>
    </message>
    <message>
        <source>{name} looks at pictures</source>
        <translation>{name} sieht Bilder an</translation>
    </message>
    <message>
        <source>{name} has seen the pictures</source>
        <translation>{name} hat die Bilder gesehen</translation>
    </message>
    <message>
        <source>Pictures and figures are found by what they show.</source>
        <translation>Bilder und Abbildungen werden nach ihrem Inhalt gefunden.</translation>
    </message>
    <message>
        <source>{pictures} seen, {done} of {sources} looked through · {path}</source>
        <translation>{pictures} gesehen, {done} von {sources} durchgesehen · {path}</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Benutzen</translation>
    </message>
    <message>
        <source>Until then, search uses words only.</source>
        <translation>Bis dahin benutzt die Suche nur Wörter.</translation>
    </message>
    <message>
        <source>Language of recordings</source>
        <translation>Sprache der Aufnahmen</translation>
    </message>
    <message>
        <source>Your pictures are not changed. To search them by content again, the model has to look at all of them again.</source>
        <translation>Ihre Bilder ändern sich nicht. Um sie wieder nach Inhalt zu durchsuchen, muss das Modell alle noch einmal ansehen.</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>In Benutzung</translation>
    </message>
    <message>
        <source>No embedding model is on this computer.</source>
        <translation>Auf diesem Computer ist kein Einbettungsmodell.</translation>
    </message>
    <message>
        <source>Choose the folder of a sentence-transformers model, such as all-MiniLM-L6-v2, or fetch one with Ollama, such as nomic-embed-text.</source>
        <translation>Wählen Sie den Ordner eines sentence-transformers-Modells wie all-MiniLM-L6-v2, oder holen Sie eines mit Ollama, etwa nomic-embed-text.</translation>
    </message>
    <message>
        <source>{dimension} numbers a passage</source>
        <translation>{dimension} Zahlen je Stelle</translation>
    </message>
    <message>
        <source>Cannot be used</source>
        <translation>Nicht benutzbar</translation>
    </message>
    <message>
        <source>Remove {many} from the library?</source>
        <translation>{many} aus der Bibliothek entfernen?</translation>
    </message>
    <message>
        <source>Your texts are not changed. To use the model again, it has to read everything again.</source>
        <translation>Ihre Texte ändern sich nicht. Um das Modell wieder zu benutzen, muss es alles noch einmal lesen.</translation>
    </message>
    <message>
        <source>Detect automatically</source>
        <translation>Automatisch erkennen</translation>
    </message>
    <message>
        <source>No image model is in use.</source>
        <translation>Kein Bildmodell in Benutzung.</translation>
    </message>
    <message>
        <source>Download one, or choose the folder of a model for open_clip.</source>
        <translation>Laden Sie eines herunter oder wählen Sie den Ordner eines Modells für open_clip.</translation>
    </message>
    <message>
        <source>Not working</source>
        <translation>Funktioniert nicht</translation>
    </message>
    <message>
        <source>Look at the rest</source>
        <translation>Den Rest ansehen</translation>
    </message>
    <message>
        <source>Read the rest</source>
        <translation>Den Rest lesen</translation>
    </message>
    <message>
        <source>In use until then</source>
        <translation>Bis dahin in Benutzung</translation>
    </message>
    <message>
        <source>Reading in the background</source>
        <translation>Liest im Hintergrund</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortfahren</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>Modell wird geladen…</translation>
    </message>
    <message>
        <source>many languages</source>
        <translation>viele Sprachen</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>Turn off</source>
        <translation>Abschalten</translation>
    </message>
    <message>
        <source>Testing {name}…</source>
        <translation>{name} wird getestet…</translation>
    </message>
    <message>
        <source>{how} Then start again.</source>
        <translation>{how} Starten Sie dann neu.</translation>
    </message>
    <message>
        <source>Download ({disk})</source>
        <translation>Herunterladen ({disk})</translation>
    </message>
    <message>
        <source>Stop: test</source>
        <translation>Stopp: Test</translation>
    </message>
    <message>
        <source>Test again</source>
        <translation>Erneut testen</translation>
    </message>
    <message>
        <source>Last test</source>
        <translation>Letzter Test</translation>
    </message>
    <message>
        <source>Add a source first; then you can choose a model.</source>
        <translation>Fügen Sie erst eine Quelle hinzu; dann können Sie ein Modell wählen.</translation>
    </message>
    <message>
        <source>Turn off…</source>
        <translation>Abschalten…</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Everything works without a model of your own. All models run on this computer, unless you choose a server elsewhere.</source>
        <translation>Alles funktioniert ohne eigenes Modell. Alle Modelle laufen auf diesem Computer, solange Sie keinen Server anderswo wählen.</translation>
    </message>
    <message>
        <source>Kinds of models</source>
        <translation>Arten von Modellen</translation>
    </message>
    <message>
        <source>A recording to try</source>
        <translation>Aufnahme zum Ausprobieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Set up…</source>
        <translation>Einrichten…</translation>
    </message>
    <message>
        <source>Trying it…</source>
        <translation>Wird ausprobiert…</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation>Seiten der Einstellungen</translation>
    </message>
    <message>
        <source>Back (Esc)</source>
        <translation>Zurück (Esc)</translation>
    </message>
    <message>
        <source>{title} – Engram Workbench</source>
        <translation>{title} – Engram Workbench</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>Reads your books and papers on this computer and answers with citations that open at the quote.</source>
        <translation>Liest Ihre Bücher und Aufsätze auf diesem Computer und antwortet mit Belegen, die sich an der zitierten Stelle öffnen.</translation>
    </message>
    <message>
        <source>Licence: Apache-2.0. Made with Qt (through PySide6), FFmpeg (in PyAV), chardet and frozendict, which are under the LGPL and can be replaced.</source>
        <translation>Lizenz: Apache-2.0. Erstellt mit Qt (über PySide6), FFmpeg (in PyAV), chardet und frozendict, die unter der LGPL stehen und ersetzt werden können.</translation>
    </message>
    <message>
        <source>{names} files</source>
        <translation>{names} Dateien</translation>
    </message>
    <message>
        <source>The picture could not be pasted.</source>
        <translation>Das Bild ließ sich nicht einfügen.</translation>
    </message>
    <message>
        <source>Save it as a file and add that.</source>
        <translation>Speichern Sie es als Datei, und fügen Sie diese hinzu.</translation>
    </message>
    <message>
        <source>This password opens none of them.</source>
        <translation>Dieses Passwort öffnet keine von ihnen.</translation>
    </message>
    <message>
        <source>Check it and try again.</source>
        <translation>Prüfen Sie es, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Waiting for the library</source>
        <translation>Wartet auf die Bibliothek</translation>
    </message>
    <message>
        <source>Reinforced</source>
        <translation>Verstärkt</translation>
    </message>
    <message>
        <source>{count} archived</source>
        <translation>{count} archiviert</translation>
    </message>
    <message>
        <source>{many} (still searchable)</source>
        <translation>{many} (weiter auffindbar)</translation>
    </message>
    <message>
        <source>{count} reinforced</source>
        <translation>{count} verstärkt</translation>
    </message>
    <message>
        <source>Remove Tag “{name}”</source>
        <translation>Schlagwort „{name}“ entfernen</translation>
    </message>
    <message>
        <source>Tag “{name}”</source>
        <translation>Schlagwort „{name}“</translation>
    </message>
    <message>
        <source>Unarchive</source>
        <translation>Aus dem Archiv holen</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Let It Fade</source>
        <translation>Verblassen lassen</translation>
    </message>
    <message>
        <source>It is ranked normally again</source>
        <translation>Sie wird wieder normal eingeordnet</translation>
    </message>
    <message>
        <source>Pinned: it does not fade</source>
        <translation>Angeheftet: verblasst nicht</translation>
    </message>
    <message>
        <source>It can fade again</source>
        <translation>Sie kann wieder verblassen</translation>
    </message>
    <message>
        <source>Choose Locate… to find it.</source>
        <translation>Wählen Sie „Original suchen…“, um sie zu finden.</translation>
    </message>
    <message>
        <source>{what} moved to the Trash</source>
        <translation>{what} in den Papierkorb gelegt</translation>
    </message>
    <message>
        <source>Move to Trash</source>
        <translation>In den Papierkorb</translation>
    </message>
    <message>
        <source>Remove “{name}”</source>
        <translation>„{name}“ entfernen</translation>
    </message>
    <message>
        <source>Add to “{collection}”</source>
        <translation>Zu „{collection}“ hinzufügen</translation>
    </message>
    <message>
        <source>Take out of “{collection}”</source>
        <translation>Aus „{collection}“ herausnehmen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>{back} restored</source>
        <translation>{back} wiederhergestellt</translation>
    </message>
    <message>
        <source>Back to Today (Esc)</source>
        <translation>Zurück zu Heute (Esc)</translation>
    </message>
    <message>
        <source>Schedule…</source>
        <translation>Zeitplan…</translation>
    </message>
    <message>
        <source>Sleep preview</source>
        <translation>Vorschau des Schlafs</translation>
    </message>
    <message>
        <source>Sleep now</source>
        <translation>Jetzt schlafen</translation>
    </message>
    <message>
        <source>{looked} looked at. This is what sleep would do. Nothing has been changed yet.</source>
        <translation>{looked} angesehen. Das würde der Schlaf tun. Noch ist nichts geändert.</translation>
    </message>
    <message>
        <source>{looked} looked at. Nothing to do now.</source>
        <translation>{looked} angesehen. Zurzeit ist nichts zu tun.</translation>
    </message>
    <message>
        <source>Nothing is deleted.</source>
        <translation>Nichts wird gelöscht.</translation>
    </message>
    <message>
        <source>It was interrupted. The next sleep continues from here.</source>
        <translation>Er wurde unterbrochen. Der nächste Schlaf macht hier weiter.</translation>
    </message>
    <message>
        <source>It was undone: everything is as before.</source>
        <translation>Er wurde rückgängig gemacht: Alles ist wie zuvor.</translation>
    </message>
    <message>
        <source>It ran automatically while you were away.</source>
        <translation>Er lief von selbst, während Sie weg waren.</translation>
    </message>
    <message>
        <source>Nothing was deleted.</source>
        <translation>Nichts wurde gelöscht.</translation>
    </message>
    <message>
        <source>Checking what sleep would do…</source>
        <translation>Prüft, was der Schlaf tun würde…</translation>
    </message>
    <message>
        <source>Undo this sleep</source>
        <translation>Diesen Schlaf rückgängig machen</translation>
    </message>
    <message>
        <source>Last sleeps</source>
        <translation>Letzte Schlafphasen</translation>
    </message>
    <message>
        <source>Report: {heading}</source>
        <translation>Bericht: {heading}</translation>
    </message>
    <message>
        <source>6 hours</source>
        <translation>6 Stunden</translation>
    </message>
    <message>
        <source>12 hours</source>
        <translation>12 Stunden</translation>
    </message>
    <message>
        <source>day</source>
        <translation>24 Stunden</translation>
    </message>
    <message>
        <source>3 days</source>
        <translation>3 Tage</translation>
    </message>
    <message>
        <source>week</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>5 minutes</source>
        <translation>5 Minuten</translation>
    </message>
    <message>
        <source>10 minutes</source>
        <translation>10 Minuten</translation>
    </message>
    <message>
        <source>30 minutes</source>
        <translation>30 Minuten</translation>
    </message>
    <message>
        <source>an hour</source>
        <translation>60 Minuten</translation>
    </message>
    <message>
        <source>When off, the same question always gives the same results.</source>
        <translation>Wenn aus, ergibt dieselbe Frage immer dasselbe.</translation>
    </message>
    <message>
        <source>Sleep automatically when I'm away</source>
        <translation>Von selbst schlafen, wenn ich weg bin</translation>
    </message>
    <message>
        <source>Sleep every</source>
        <translation>Schlafen alle</translation>
    </message>
    <message>
        <source>Idle time before sleep</source>
        <translation>Ruhezeit vor dem Schlaf</translation>
    </message>
    <message>
        <source>Learn from my questions (strengthens what was found)</source>
        <translation>Aus meinen Fragen lernen (verstärkt, was gefunden wurde)</translation>
    </message>
    <message>
        <source>Learn from my questions: strengthens what was found</source>
        <translation>Aus meinen Fragen lernen: verstärkt, was gefunden wurde</translation>
    </message>
    <message>
        <source>{every_hours:g} hours</source>
        <translation>{every_hours:g} Stunden</translation>
    </message>
    <message>
        <source>{idle_minutes:g} minutes</source>
        <translation>{idle_minutes:g} Minuten</translation>
    </message>
    <message>
        <source>It archives only notes weaker than {archive_below:g} that you haven't used on {days} of work. It never deletes.</source>
        <translation>Archiviert werden nur Notizen schwächer als {archive_below:g}, die Sie {days} lang nicht benutzt haben (nur Arbeitstage zählen). Gelöscht wird nie.</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Zeitplan</translation>
    </message>
    <message>
        <source>Learning</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>Sleep settings</source>
        <translation>Einstellungen zum Schlaf</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>after I have been away for</source>
        <translation>nach meiner Abwesenheit von</translation>
    </message>
    <message>
        <source>There was nothing to do.</source>
        <translation>Es gab nichts zu tun.</translation>
    </message>
    <message>
        <source>Slept {begun}{lasted}</source>
        <translation>Geschlafen: {begun}{lasted}</translation>
    </message>
    <message>
        <source>Has not slept yet</source>
        <translation>Hat noch nicht geschlafen</translation>
    </message>
    <message>
        <source>{done} Nothing was deleted.</source>
        <translation>{done} Nichts wurde gelöscht.</translation>
    </message>
    <message>
        <source>Slept {begun}, undone</source>
        <translation>Geschlafen: {begun}, rückgängig gemacht</translation>
    </message>
    <message>
        <source>Asleep</source>
        <translation>Schläft</translation>
    </message>
    <message>
        <source>Sleep was interrupted</source>
        <translation>Der Schlaf wurde unterbrochen</translation>
    </message>
    <message>
        <source>Sleeps when idle</source>
        <translation>Schläft bei Ruhe</translation>
    </message>
    <message>
        <source>Slept {ended}</source>
        <translation>Geschlafen: {ended}</translation>
    </message>
    <message>
        <source>{text} — also said as: {others}</source>
        <translation>{text} — auch gesagt als: {others}</translation>
    </message>
    <message>
        <source>Strengthened</source>
        <translation>Verstärkt</translation>
    </message>
    <message>
        <source>Replays what you used since the last sleep.</source>
        <translation>Wiederholt, was Sie seit dem letzten Schlaf benutzt haben.</translation>
    </message>
    <message>
        <source>Long-term</source>
        <translation>Langfristig</translation>
    </message>
    <message>
        <source>Notes you recall often or marked as important fade more slowly.</source>
        <translation>Notizen, die Sie oft abrufen oder als wichtig markiert haben, verblassen langsamer.</translation>
    </message>
    <message>
        <source>Merged</source>
        <translation>Zusammengeführt</translation>
    </message>
    <message>
        <source>Duplicates become one note; every wording stays in its history.</source>
        <translation>Doppeltes wird eine Notiz; jeder Wortlaut bleibt in ihrem Verlauf.</translation>
    </message>
    <message>
        <source>Faded notes stay searchable and are marked.</source>
        <translation>Verblasste Notizen bleiben auffindbar und werden gekennzeichnet.</translation>
    </message>
    <message>
        <source>Summarised</source>
        <translation>Zusammengefasst</translation>
    </message>
    <message>
        <source>Notes about one thing get a summary in their own words.</source>
        <translation>Notizen über eine Sache bekommen eine Zusammenfassung in ihren eigenen Worten.</translation>
    </message>
    <message>
        <source>Scaled down</source>
        <translation>Abgeschwächt</translation>
    </message>
    <message>
        <source>Notes with too many links have them weakened evenly.</source>
        <translation>Bei Notizen mit zu vielen Verknüpfungen werden diese gleichmäßig schwächer.</translation>
    </message>
    <message>
        <source>Rehearsed</source>
        <translation>Eingeübt</translation>
    </message>
    <message>
        <source>Connections used today were strengthened slightly.</source>
        <translation>Heute benutzte Verbindungen wurden etwas verstärkt.</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgeglichen</translation>
    </message>
    <message>
        <source>Links that grew the most give way to the others.</source>
        <translation>Verknüpfungen, die am meisten gewachsen sind, machen den anderen Platz.</translation>
    </message>
    <message>
        <source>Ideas to connect</source>
        <translation>Ideen zum Verbinden</translation>
    </message>
    <message>
        <source>Connections that no passage states. You accept or reject them.</source>
        <translation>Verbindungen, die keine Stelle nennt. Sie nehmen sie an oder lehnen sie ab.</translation>
    </message>
    <message>
        <source>strengthened</source>
        <translation>verstärkt</translation>
    </message>
    <message>
        <source>long-term</source>
        <translation>langfristig</translation>
    </message>
    <message>
        <source>merged</source>
        <translation>zusammengeführt</translation>
    </message>
    <message>
        <source>archived</source>
        <translation>archiviert</translation>
    </message>
    <message>
        <source>summarised</source>
        <translation>zusammengefasst</translation>
    </message>
    <message>
        <source>scaled down</source>
        <translation>abgeschwächt</translation>
    </message>
    <message>
        <source>rehearsed</source>
        <translation>eingeübt</translation>
    </message>
    <message>
        <source>{links} proposed</source>
        <translation>{links} vorgeschlagen</translation>
    </message>
    <message>
        <source>Next sleep at {next_due}</source>
        <translation>Nächster Schlaf: {next_due}</translation>
    </message>
    <message>
        <source>{text}. Unused, half of it is left on {half_at}.</source>
        <translation>{text}. Unbenutzt ist am {half_at} noch die Hälfte übrig.</translation>
    </message>
    <message>
        <source>half of it fades in {span}</source>
        <translation>Halbwertszeit {span}</translation>
    </message>
    <message>
        <source>last used {ago}, {half}</source>
        <translation>zuletzt benutzt: {ago}, {half}</translation>
    </message>
    <message>
        <source>Strength {now_of:.1f} of {cap:.0f} now</source>
        <translation>Stärke {now_of:.1f} von {cap:.0f} jetzt</translation>
    </message>
    <message>
        <source>{text}. Pinned: it does not fade.</source>
        <translation>{text}. Angeheftet: verblasst nicht.</translation>
    </message>
    <message>
        <source>{text}. It halves in {span} unused.</source>
        <translation>{text}. Halbwertszeit ohne Benutzung: {span}.</translation>
    </message>
    <message>
        <source>pinned, it does not fade</source>
        <translation>angeheftet, verblasst nicht</translation>
    </message>
    <message>
        <source>never used yet, {half}</source>
        <translation>noch nie benutzt, {half}</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>{span} ago</source>
        <translation>{span} her</translation>
    </message>
    <message>
        <source>As a curve</source>
        <translation>Als Kurve</translation>
    </message>
    <message>
        <source>last used on {uses}</source>
        <translation>zuletzt benutzt am {uses}</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Benutzt</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>{day}: {what}, strength {strong:.1f}</source>
        <translation>{day}: {what}, Stärke {strong:.1f}</translation>
    </message>
    <message>
        <source>Shown before others that match equally well</source>
        <translation>Steht vor anderen, die ebenso gut passen</translation>
    </message>
    <message>
        <source>Strength {strength:.1f}</source>
        <translation>Stärke {strength:.1f}</translation>
    </message>
    <message>
        <source>Let it fade</source>
        <translation>Verblassen lassen</translation>
    </message>
    <message>
        <source>It never fades</source>
        <translation>Sie verblasst nie</translation>
    </message>
    <message>
        <source>Pinned: it never fades</source>
        <translation>Angeheftet: verblasst nie</translation>
    </message>
    <message>
        <source>Archived (still searchable)</source>
        <translation>Archiviert (weiter auffindbar)</translation>
    </message>
    <message>
        <source>Half, if unused</source>
        <translation>Hälfte, falls unbenutzt</translation>
    </message>
    <message>
        <source>If unused until then</source>
        <translation>Falls bis dahin unbenutzt</translation>
    </message>
    <message>
        <source>Not settled</source>
        <translation>Ungeklärt</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>Geklärt</translation>
    </message>
    <message>
        <source>Dismissed</source>
        <translation>Verworfen</translation>
    </message>
    <message>
        <source>What you say is no difference stands here, and can be opened again.</source>
        <translation>Hier steht, was laut Ihnen kein Unterschied ist; es lässt sich wieder öffnen.</translation>
    </message>
    <message>
        <source>Added: {sentence}</source>
        <translation>Hinzugefügt: {sentence}</translation>
    </message>
    <message>
        <source>Left out: {sentence}</source>
        <translation>Weggelassen: {sentence}</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>You said that {value} holds.</source>
        <translation>Sie haben gesagt, dass {value} gilt.</translation>
    </message>
    <message>
        <source>Two editions of one text are compared sentence by sentence, and other sources by the dates and numbers that they give for the same thing. Add another source on it, or ask about it.</source>
        <translation>Zwei Fassungen eines Textes werden Satz für Satz verglichen, andere Quellen nach den Daten und Zahlen, die sie zu derselben Sache nennen. Fügen Sie eine weitere Quelle dazu hinzu oder fragen Sie danach.</translation>
    </message>
    <message>
        <source>Say of an open difference which side holds; it then stands here.</source>
        <translation>Sagen Sie bei einem offenen Unterschied, welche Seite gilt; dann steht er hier.</translation>
    </message>
    <message>
        <source>Nothing is dismissed</source>
        <translation>Nichts ist verworfen</translation>
    </message>
    <message>
        <source>Not a difference</source>
        <translation>Kein Unterschied</translation>
    </message>
    <message>
        <source>Two sources disagree about one thing.</source>
        <translation>Zwei Quellen sagen zu einer Sache Verschiedenes.</translation>
    </message>
    <message>
        <source>Two editions of one text word this sentence differently.</source>
        <translation>Zwei Fassungen eines Textes haben diesen Satz in anderen Worten.</translation>
    </message>
    <message>
        <source>Only the second edition has this sentence. It is missing here in the first:</source>
        <translation>Nur die zweite Fassung hat diesen Satz. Der ersten fehlt er hier:</translation>
    </message>
    <message>
        <source>Only the first edition has this sentence. It is missing here in the second:</source>
        <translation>Nur die erste Fassung hat diesen Satz. Der zweiten fehlt er hier:</translation>
    </message>
    <message>
        <source>Settle a difference</source>
        <translation>Unterschied klären</translation>
    </message>
    <message>
        <source>The first {shown}</source>
        <translation>Die ersten {shown}</translation>
    </message>
    <message>
        <source>No differences found</source>
        <translation>Keine Unterschiede gefunden</translation>
    </message>
    <message>
        <source>Nothing is settled yet</source>
        <translation>Noch ist nichts geklärt</translation>
    </message>
    <message>
        <source>Open {title}</source>
        <translation>{title} öffnen</translation>
    </message>
    <message>
        <source>{value} holds</source>
        <translation>{value} gilt</translation>
    </message>
    <message>
        <source>Both hold</source>
        <translation>Beide gelten</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>You settled it.</source>
        <translation>Sie haben es geklärt.</translation>
    </message>
    <message>
        <source>You said that it is no difference.</source>
        <translation>Sie haben gesagt, dass es kein Unterschied ist.</translation>
    </message>
    <message>
        <source>Open the first</source>
        <translation>Ersten öffnen</translation>
    </message>
    <message>
        <source>Open the second</source>
        <translation>Zweiten öffnen</translation>
    </message>
    <message>
        <source>Select a difference.</source>
        <translation>Wählen Sie einen Unterschied.</translation>
    </message>
    <message>
        <source>Which holds?</source>
        <translation>Was gilt?</translation>
    </message>
    <message>
        <source>Is it settled?</source>
        <translation>Ist es geklärt?</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Wird verglichen …</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>Sicher</translation>
    </message>
    <message>
        <source>Possible</source>
        <translation>Möglich</translation>
    </message>
    <message>
        <source>Weak</source>
        <translation>Schwach</translation>
    </message>
    <message>
        <source>Corrected, was {original}</source>
        <translation>Berichtigt, war {original}</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Von Ihnen</translation>
    </message>
    <message>
        <source>Not stated</source>
        <translation>Nicht genannt</translation>
    </message>
    <message>
        <source>not filled yet</source>
        <translation>noch nicht gefüllt</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Antworten</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx)</source>
        <translation>Excel-Mappe (*.xlsx)</translation>
    </message>
    <message>
        <source>Word document (*.docx)</source>
        <translation>Word-Dokument (*.docx)</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Interviews</source>
        <translation>Interviews</translation>
    </message>
    <message>
        <source>Contracts</source>
        <translation>Verträge</translation>
    </message>
    <message>
        <source>Its questions, answers and corrections are deleted. The sources stay.</source>
        <translation>Ihre Fragen, Antworten und Berichtigungen werden gelöscht. Die Quellen bleiben.</translation>
    </message>
    <message>
        <source>Export “{name}”</source>
        <translation>„{name}“ exportieren</translation>
    </message>
    <message>
        <source>Every source in it is asked the same questions.</source>
        <translation>Jeder Quelle darin werden dieselben Fragen gestellt.</translation>
    </message>
    <message>
        <source>Ask as you would ask one source, such as “How many people took part?” Each line is a question.</source>
        <translation>Fragen Sie, wie Sie eine Quelle fragen würden, etwa „Wie viele Personen nahmen teil?“. Jede Zeile ist eine Frage.</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Füllen</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtern</translation>
    </message>
    <message>
        <source>Filter the rows by their words</source>
        <translation>Zeilen nach ihren Wörtern filtern</translation>
    </message>
    <message>
        <source>Open the passage</source>
        <translation>Stelle öffnen</translation>
    </message>
    <message>
        <source>Correct…</source>
        <translation>Berichtigen …</translation>
    </message>
    <message>
        <source>Give back what was found</source>
        <translation>Gefundenes zurückholen</translation>
    </message>
    <message>
        <source>Remove source</source>
        <translation>Quelle entfernen</translation>
    </message>
    <message>
        <source>Ask many sources the same questions</source>
        <translation>Vielen Quellen dieselben Fragen stellen</translation>
    </message>
    <message>
        <source>A table has a source in each row and a question in each column. Every answer opens at its words.</source>
        <translation>Eine Tabelle hat in jeder Zeile eine Quelle und in jeder Spalte eine Frage. Jede Antwort öffnet sich an ihrer Stelle.</translation>
    </message>
    <message>
        <source>New table…</source>
        <translation>Neue Tabelle …</translation>
    </message>
    <message>
        <source>Add questions and sources; each source is asked every question.</source>
        <translation>Fügen Sie Fragen und Quellen hinzu; jeder Quelle wird jede Frage gestellt.</translation>
    </message>
    <message>
        <source>Filling “{name}”</source>
        <translation>„{name}“ wird gefüllt</translation>
    </message>
    <message>
        <source>Correct a cell</source>
        <translation>Zelle berichtigen</translation>
    </message>
    <message>
        <source>Remove question</source>
        <translation>Frage entfernen</translation>
    </message>
    <message>
        <source>Add sources</source>
        <translation>Quellen hinzufügen</translation>
    </message>
    <message>
        <source>Delete “{name}”?</source>
        <translation>„{name}“ löschen?</translation>
    </message>
    <message>
        <source>Collection “{name}”</source>
        <translation>Sammlung „{name}“</translation>
    </message>
    <message>
        <source>New table</source>
        <translation>Neue Tabelle</translation>
    </message>
    <message>
        <source>Ready questions</source>
        <translation>Fertige Fragen</translation>
    </message>
    <message>
        <source>Make table</source>
        <translation>Tabelle anlegen</translation>
    </message>
    <message>
        <source>New Table</source>
        <translation>Neue Tabelle</translation>
    </message>
    <message>
        <source>Add questions</source>
        <translation>Fragen hinzufügen</translation>
    </message>
    <message>
        <source>Edit question</source>
        <translation>Frage bearbeiten</translation>
    </message>
    <message>
        <source>Edit question…</source>
        <translation>Frage bearbeiten …</translation>
    </message>
    <message>
        <source>Ask this column again</source>
        <translation>Diese Spalte neu fragen</translation>
    </message>
    <message>
        <source>Sort by this column</source>
        <translation>Nach dieser Spalte sortieren</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>Nach rechts rücken</translation>
    </message>
    <message>
        <source>No questions yet</source>
        <translation>Noch keine Fragen</translation>
    </message>
    <message>
        <source>No sources yet</source>
        <translation>Noch keine Quellen</translation>
    </message>
    <message>
        <source>Delete table…</source>
        <translation>Tabelle löschen …</translation>
    </message>
    <message>
        <source>Delete “{name}”</source>
        <translation>„{name}“ löschen</translation>
    </message>
    <message>
        <source>Calendar (*.ics)</source>
        <translation>Kalender (*.ics)</translation>
    </message>
    <message>
        <source>counted from its letter</source>
        <translation>gezählt von seinem Brief</translation>
    </message>
    <message>
        <source>year of the date before</source>
        <translation>Jahr des Datums davor</translation>
    </message>
    <message>
        <source>about</source>
        <translation>etwa</translation>
    </message>
    <message>
        <source>before</source>
        <translation>davor</translation>
    </message>
    <message>
        <source>after</source>
        <translation>danach</translation>
    </message>
    <message>
        <source>by then</source>
        <translation>bis dahin</translation>
    </message>
    <message>
        <source>old style</source>
        <translation>alter Stil</translation>
    </message>
    <message>
        <source>day or month first</source>
        <translation>Tag oder Monat zuerst</translation>
    </message>
    <message>
        <source>{count} from {first} to {last}</source>
        <translation>{count} von {first} bis {last}</translation>
    </message>
    <message>
        <source>Only what mentions these names</source>
        <translation>Nur was diese Namen nennt</translation>
    </message>
    <message>
        <source>The first {shown} of {count}</source>
        <translation>Die ersten {shown} von {count}</translation>
    </message>
    <message>
        <source>{count} · {left} without a year</source>
        <translation>{count} · {left} ohne Jahr</translation>
    </message>
    <message>
        <source>Add a source that gives days, months or years: they are listed here in order.</source>
        <translation>Fügen Sie eine Quelle hinzu, die Tage, Monate oder Jahre nennt: Sie stehen hier dann der Reihe nach.</translation>
    </message>
    <message>
        <source>Export the timeline</source>
        <translation>Zeitleiste exportieren</translation>
    </message>
    <message>
        <source>No sentence with a date mentions this name. Try another one.</source>
        <translation>Kein Satz mit einem Datum nennt diesen Namen. Versuchen Sie einen anderen.</translation>
    </message>
    <message>
        <source>Reading dates…</source>
        <translation>Daten werden gelesen …</translation>
    </message>
    <message>
        <source>No dates found</source>
        <translation>Keine Daten gefunden</translation>
    </message>
    <message>
        <source>Archive the {many} shown?</source>
        <translation>Die gezeigten archivieren ({many})?</translation>
    </message>
    <message>
        <source>They stay in the library and remain searchable.</source>
        <translation>Sie bleiben in der Bibliothek und auffindbar.</translation>
    </message>
    <message>
        <source>review due</source>
        <translation>Wiederholung fällig</translation>
    </message>
    <message>
        <source>faded</source>
        <translation>verblasst</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>in {days}</source>
        <translation>noch {days}</translation>
    </message>
    <message>
        <source>{text}: strength {share}, {when}</source>
        <translation>{text}: Stärke {share}, {when}</translation>
    </message>
    <message>
        <source>Review {total} that are fading</source>
        <translation>Verblassende wiederholen: {total}</translation>
    </message>
    <message>
        <source>Archive the {many} shown</source>
        <translation>Die gezeigten archivieren ({many})</translation>
    </message>
    <message>
        <source>Archived (still searchable).</source>
        <translation>Archiviert (weiter auffindbar).</translation>
    </message>
    <message>
        <source>Review {total}</source>
        <translation>{total} wiederholen</translation>
    </message>
    <message>
        <source>Archive…</source>
        <translation>Archivieren…</translation>
    </message>
    <message>
        <source>{weekday} {day} {month}</source>
        <translation>{weekday}, {day}. {month}</translation>
    </message>
    <message>
        <source>Accepted.</source>
        <translation>Angenommen.</translation>
    </message>
    <message>
        <source>{head} and {tail}</source>
        <translation>{head} und {tail}</translation>
    </message>
    <message>
        <source>The path: {path}</source>
        <translation>Der Weg: {path}</translation>
    </message>
    <message>
        <source>No passage says this. {why}</source>
        <translation>Keine Stelle sagt das. {why}</translation>
    </message>
    <message>
        <source>Show path</source>
        <translation>Weg zeigen</translation>
    </message>
    <message>
        <source>found during sleep</source>
        <translation>im Schlaf gefunden</translation>
    </message>
    <message>
        <source>Hide path</source>
        <translation>Weg ausblenden</translation>
    </message>
    <message>
        <source>Do you see a connection between</source>
        <translation>Sehen Sie eine Verbindung zwischen</translation>
    </message>
    <message>
        <source>and</source>
        <translation>und</translation>
    </message>
    <message>
        <source>{more} more</source>
        <translation>{more} weitere</translation>
    </message>
    <message>
        <source>Idea to connect: {head} and {tail}</source>
        <translation>Idee zum Verbinden: {head} und {tail}</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Nochmal</translation>
    </message>
    <message>
        <source>Hard</source>
        <translation>Schwer</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Gut</translation>
    </message>
    <message>
        <source>Easy</source>
        <translation>Leicht</translation>
    </message>
    <message>
        <source>{at} of {all}</source>
        <translation>{at} von {all}</translation>
    </message>
    <message>
        <source>Show answer</source>
        <translation>Antwort zeigen</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>Not today</source>
        <translation>Heute nicht</translation>
    </message>
    <message>
        <source>Stop asking</source>
        <translation>Nicht mehr fragen</translation>
    </message>
    <message>
        <source>Ask it again tomorrow</source>
        <translation>Morgen wieder fragen</translation>
    </message>
    <message>
        <source>Your note: {note}</source>
        <translation>Ihre Notiz: {note}</translation>
    </message>
    <message>
        <source>Kept the newer one.</source>
        <translation>Das Neuere behalten.</translation>
    </message>
    <message>
        <source>Kept the older one.</source>
        <translation>Das Ältere behalten.</translation>
    </message>
    <message>
        <source>Kept both.</source>
        <translation>Beides behalten.</translation>
    </message>
    <message>
        <source>Nothing was lost. It will continue where it stopped.</source>
        <translation>Nichts ging verloren. Er macht dort weiter, wo er aufgehört hat.</translation>
    </message>
    <message>
        <source>Health of the library: {grade}.</source>
        <translation>Zustand der Bibliothek: {grade}.</translation>
    </message>
    <message>
        <source>Keep newer</source>
        <translation>Neueres behalten</translation>
    </message>
    <message>
        <source>Keep older</source>
        <translation>Älteres behalten</translation>
    </message>
    <message>
        <source>Both are true</source>
        <translation>Beides stimmt</translation>
    </message>
    <message>
        <source>Contradiction: {text}</source>
        <translation>Widerspruch: {text}</translation>
    </message>
    <message>
        <source>{reviews} due</source>
        <translation>{reviews} fällig</translation>
    </message>
    <message>
        <source>Drop a book or paper here to start.</source>
        <translation>Legen Sie ein Buch oder einen Aufsatz hier ab, um zu beginnen.</translation>
    </message>
    <message>
        <source>Opening your library…</source>
        <translation>Ihre Bibliothek wird geöffnet…</translation>
    </message>
    <message>
        <source>Continue reading</source>
        <translation>Weiterlesen</translation>
    </message>
    <message>
        <source>Start reading</source>
        <translation>Mit dem Lesen beginnen</translation>
    </message>
    <message>
        <source>Report of the last sleep</source>
        <translation>Bericht des letzten Schlafs</translation>
    </message>
    <message>
        <source>Back to Today</source>
        <translation>Zurück zu Heute</translation>
    </message>
    <message>
        <source>Show what is new</source>
        <translation>Neues zeigen</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Zur Kenntnis nehmen</translation>
    </message>
    <message>
        <source>tried before they are due</source>
        <translation>vor dem Termin geübt</translation>
    </message>
    <message>
        <source>Export to Anki…</source>
        <translation>Für Anki exportieren…</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>Contradictions</source>
        <translation>Widersprüche</translation>
    </message>
    <message>
        <source>Nothing to read yet</source>
        <translation>Noch nichts zu lesen</translation>
    </message>
    <message>
        <source>Newer</source>
        <translation>Neuer</translation>
    </message>
    <message>
        <source>Older</source>
        <translation>Älter</translation>
    </message>
    <message>
        <source>Undo the last sleep</source>
        <translation>Letzten Schlaf rückgängig machen</translation>
    </message>
    <message>
        <source>Acknowledge: {message}</source>
        <translation>Zur Kenntnis nehmen: {message}</translation>
    </message>
    <message>
        <source>the first {reviews}</source>
        <translation>die ersten {reviews}</translation>
    </message>
    <message>
        <source>Last sleep</source>
        <translation>Letzter Schlaf</translation>
    </message>
    <message>
        <source>Acknowledged</source>
        <translation>Zur Kenntnis genommen</translation>
    </message>
    <message>
        <source>Acknowledged: {message}</source>
        <translation>Zur Kenntnis genommen: {message}</translation>
    </message>
    <message>
        <source>Full page</source>
        <translation>Ganze Seite</translation>
    </message>
    <message>
        <source>Menus</source>
        <translation>Menüs</translation>
    </message>
    <message>
        <source>What can be read ({READABLE});;All files (*)</source>
        <translation>Lesbare Dateien ({READABLE});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Already in the library</source>
        <translation>Schon in der Bibliothek</translation>
    </message>
    <message>
        <source>Restored from the Trash</source>
        <translation>Aus dem Papierkorb geholt</translation>
    </message>
    <message>
        <source>You dropped this link. Check the address before adding it.</source>
        <translation>Sie haben diesen Link abgelegt. Prüfen Sie die Adresse, bevor Sie ihn hinzufügen.</translation>
    </message>
    <message>
        <source>No files to add.</source>
        <translation>Keine Dateien zum Hinzufügen.</translation>
    </message>
    <message>
        <source>{added} added</source>
        <translation>{added} hinzugefügt</translation>
    </message>
    <message>
        <source>{restored} restored from the Trash</source>
        <translation>{restored} aus dem Papierkorb geholt</translation>
    </message>
    <message>
        <source>{known} already in the library</source>
        <translation>{known} schon in der Bibliothek</translation>
    </message>
    <message>
        <source>{failed} could not be read: {failed2}</source>
        <translation>{failed} nicht lesbar: {failed2}</translation>
    </message>
    <message>
        <source>Reading “{name}” again</source>
        <translation>„{name}“ wird neu gelesen</translation>
    </message>
    <message>
        <source>{tagged} tagged “{tag}”</source>
        <translation>{tagged} mit Schlagwort „{tag}“</translation>
    </message>
    <message>
        <source>Already tagged “{tag}”</source>
        <translation>Hat das Schlagwort „{tag}“ schon</translation>
    </message>
    <message>
        <source>{put} put into {where}</source>
        <translation>{put} in {where} gelegt</translation>
    </message>
    <message>
        <source>Already in {where}</source>
        <translation>Schon in {where}</translation>
    </message>
    <message>
        <source>There is nothing to paste: copy some text, a picture or files first.</source>
        <translation>Nichts zum Einfügen: Kopieren Sie erst Text, ein Bild oder Dateien.</translation>
    </message>
    <message>
        <source>Highlights of other programs (*.txt *.csv *.json *.pdf);;All files (*)</source>
        <translation>Markierungen anderer Programme (*.txt *.csv *.json *.pdf);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>{new} new, {known} there already</source>
        <translation>{new} neu, {known} schon da</translation>
    </message>
    <message>
        <source>There is no highlight to export.</source>
        <translation>Es gibt keine Markierung zum Exportieren.</translation>
    </message>
    <message>
        <source>Select some words in what you read and choose a pen first.</source>
        <translation>Wählen Sie im Gelesenen zuerst ein paar Wörter aus und dann einen Stift.</translation>
    </message>
    <message>
        <source>, {missing} not found here</source>
        <translation>, {missing} hier nicht gefunden</translation>
    </message>
    <message>
        <source>Import Highlights</source>
        <translation>Markierungen importieren</translation>
    </message>
    <message>
        <source>{many} of another program</source>
        <translation>{many} eines anderen Programms</translation>
    </message>
    <message>
        <source>Web Annotations (*.json)</source>
        <translation>Web-Annotationen (*.json)</translation>
    </message>
    <message>
        <source>That is the original, which stays as it is.</source>
        <translation>Das ist das Original, das bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Delete Highlight</source>
        <translation>Markierung löschen</translation>
    </message>
    <message>
        <source>Highlight deleted</source>
        <translation>Markierung gelöscht</translation>
    </message>
    <message>
        <source>Take Over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>PDF copy with notes (*.pdf)</source>
        <translation>PDF-Kopie mit Notizen (*.pdf)</translation>
    </message>
    <message>
        <source>Export Highlights</source>
        <translation>Markierungen exportieren</translation>
    </message>
    <message>
        <source>Pictures (*.svg)</source>
        <translation>Bilder (*.svg)</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Bilder (*.png)</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>The brain is compiled for this computer</source>
        <translation>Das Gehirn ist für diesen Computer übersetzt</translation>
    </message>
    <message>
        <source>The whole brain is used from now on.</source>
        <translation>Ab jetzt wird das ganze Gehirn benutzt.</translation>
    </message>
    <message>
        <source>Compiling the loops of the brain</source>
        <translation>Schleifen des Gehirns werden übersetzt</translation>
    </message>
    <message>
        <source>The loops of the brain cannot be compiled on this computer.</source>
        <translation>Die Schleifen des Gehirns lassen sich auf diesem Computer nicht übersetzen.</translation>
    </message>
    <message>
        <source>A smaller brain is used instead.</source>
        <translation>Ein kleineres Gehirn wird stattdessen benutzt.</translation>
    </message>
    <message>
        <source>Associations</source>
        <translation>Verknüpfungen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Picture copied</source>
        <translation>Bild kopiert</translation>
    </message>
    <message>
        <source>No concepts found in this quote yet</source>
        <translation>Noch keine Begriffe in diesem Zitat gefunden</translation>
    </message>
    <message>
        <source>Libraries (*.brain);;All files (*)</source>
        <translation>Bibliotheken (*.brain);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Backed up {sources} to “{name}”</source>
        <translation>{sources} gesichert als „{name}“</translation>
    </message>
    <message>
        <source>Restored {sources}</source>
        <translation>{sources} wiederhergestellt</translation>
    </message>
    <message>
        <source>{sources}, {passages} and {statements} in {seconds}.</source>
        <translation>{sources}, {passages} und {statements} in {seconds}.</translation>
    </message>
    <message>
        <source>The library has {problems}</source>
        <translation>Die Bibliothek hat {problems}</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>Sichern</translation>
    </message>
    <message>
        <source>Backing up</source>
        <translation>Wird gesichert</translation>
    </message>
    <message>
        <source>{bytes} in {place}. Every row was compared.</source>
        <translation>{bytes} in {place}. Jede Zeile wurde verglichen.</translation>
    </message>
    <message>
        <source>Restore from a backup</source>
        <translation>Aus einer Sicherung wiederherstellen</translation>
    </message>
    <message>
        <source>Keep the library</source>
        <translation>Bibliothek behalten</translation>
    </message>
    <message>
        <source>Put “{name}” in the place of “{name2}”?</source>
        <translation>„{name}“ an die Stelle von „{name2}“ setzen?</translation>
    </message>
    <message>
        <source>The current library is moved aside, not deleted. Anything added after the backup is only in that one.</source>
        <translation>Die jetzige Bibliothek wird beiseitegelegt, nicht gelöscht. Was nach der Sicherung hinzukam, steht nur dort.</translation>
    </message>
    <message>
        <source>Restoring</source>
        <translation>Wird wiederhergestellt</translation>
    </message>
    <message>
        <source>Your library is as it was when the backup was made.</source>
        <translation>Ihre Bibliothek ist, wie sie bei der Sicherung war.</translation>
    </message>
    <message>
        <source>The library is sound, but this copy cannot prove that it is complete.</source>
        <translation>Die Bibliothek ist in Ordnung, doch diese Kopie kann nicht beweisen, dass sie vollständig ist.</translation>
    </message>
    <message>
        <source>Repairing the library</source>
        <translation>Bibliothek wird repariert</translation>
    </message>
    <message>
        <source>Checking the library</source>
        <translation>Bibliothek wird geprüft</translation>
    </message>
    <message>
        <source> Repaired: {repaired}</source>
        <translation> Repariert: {repaired}</translation>
    </message>
    <message>
        <source>{told} This can't be repaired: restore a backup.{mended}</source>
        <translation>{told} Das lässt sich nicht reparieren: Stellen Sie eine Sicherung wieder her.{mended}</translation>
    </message>
    <message>
        <source>{told} Repair rebuilds what can be derived from the texts; it changes no text.</source>
        <translation>{told} Reparieren stellt her, was sich aus den Texten ableiten lässt; es ändert keinen Text.</translation>
    </message>
    <message>
        <source>“{name}” does not exist yet.</source>
        <translation>„{name}“ gibt es noch nicht.</translation>
    </message>
    <message>
        <source>It is created when you add the first source.</source>
        <translation>Sie entsteht, wenn Sie die erste Quelle hinzufügen.</translation>
    </message>
    <message>
        <source>Stopped. Nothing was restored.</source>
        <translation>Gestoppt. Nichts wurde wiederhergestellt.</translation>
    </message>
    <message>
        <source>What was there before is now {aside}.</source>
        <translation>Was vorher da war, ist jetzt {aside}.</translation>
    </message>
    <message>
        <source>The library is sound again</source>
        <translation>Die Bibliothek ist wieder in Ordnung</translation>
    </message>
    <message>
        <source>The library is sound</source>
        <translation>Die Bibliothek ist in Ordnung</translation>
    </message>
    <message>
        <source>Checked {looked}{mended}</source>
        <translation>Geprüft: {looked}{mended}</translation>
    </message>
    <message>
        <source>Restore from Backup…</source>
        <translation>Aus Sicherung wiederherstellen…</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message>
        <source>All earlier questions</source>
        <translation>Alle früheren Fragen</translation>
    </message>
    <message>
        <source>New thread</source>
        <translation>Neues Gespräch</translation>
    </message>
    <message>
        <source>{name}, highlights: {colours}</source>
        <translation>{name}, Markierungen: {colours}</translation>
    </message>
    <message>
        <source>New collection</source>
        <translation>Neue Sammlung</translation>
    </message>
    <message>
        <source>Tag </source>
        <translation>Schlagwort </translation>
    </message>
    <message>
        <source>Remove “{name}” (its sources stay)</source>
        <translation>„{name}“ entfernen (die Quellen bleiben)</translation>
    </message>
    <message>
        <source>Remove the tag “{tag}” (its sources stay)</source>
        <translation>Schlagwort „{tag}“ entfernen (die Quellen bleiben)</translation>
    </message>
    <message>
        <source>Hide Inspector</source>
        <translation>Inspektor ausblenden</translation>
    </message>
    <message>
        <source>Add {counted}{where}</source>
        <translation>{counted} hinzufügen{where}</translation>
    </message>
    <message>
        <source>Release to add, Esc to cancel.</source>
        <translation>Loslassen zum Hinzufügen, Esc zum Abbrechen.</translation>
    </message>
    <message>
        <source> into “{name}”</source>
        <translation> in „{name}“</translation>
    </message>
    <message>
        <source> to “{name}”</source>
        <translation> zu „{name}“</translation>
    </message>
    <message>
        <source>Put {put}{where}</source>
        <translation>{put} einordnen{where}</translation>
    </message>
    <message>
        <source>Add this picture{where}</source>
        <translation>Dieses Bild hinzufügen{where}</translation>
    </message>
    <message>
        <source>Add this text{where}</source>
        <translation>Diesen Text hinzufügen{where}</translation>
    </message>
    <message>
        <source>Release to add them, Esc to cancel. They also stay where they are.</source>
        <translation>Loslassen zum Hinzufügen, Esc zum Abbrechen. Sie bleiben auch, wo sie sind.</translation>
    </message>
    <message>
        <source>Release to tag, Esc to cancel.</source>
        <translation>Loslassen für das Schlagwort, Esc zum Abbrechen.</translation>
    </message>
    <message>
        <source>Drop these on a collection or a tag.</source>
        <translation>Auf eine Sammlung oder ein Schlagwort ziehen.</translation>
    </message>
    <message>
        <source>Can't read {few}. The rest will be added.</source>
        <translation>Nicht lesbar: {few}. Der Rest wird hinzugefügt.</translation>
    </message>
    <message>
        <source>Release to save the page, Esc to cancel.</source>
        <translation>Loslassen zum Speichern der Seite, Esc zum Abbrechen.</translation>
    </message>
    <message>
        <source>other file</source>
        <translation>andere Datei</translation>
    </message>
    <message>
        <source>not readable</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>Tag {put} “{tag}”</source>
        <translation>{put} mit Schlagwort „{tag}“</translation>
    </message>
    <message>
        <source>{n} not readable</source>
        <translation>{n} nicht lesbar</translation>
    </message>
    <message>
        <source> into a collection</source>
        <translation> in eine Sammlung</translation>
    </message>
    <message>
        <source>Bundles (*.engrams)</source>
        <translation>Bündel (*.engrams)</translation>
    </message>
    <message>
        <source>Bundles, facts and graphs (*.engrams *.jsonl *.json *.db *.rdb *.log *.graphml);;All files (*)</source>
        <translation>Bündel, Fakten und Graphen (*.engrams *.jsonl *.json *.db *.rdb *.log *.graphml);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Databases (*.db *.sqlite *.sqlite3);;All files (*)</source>
        <translation>Datenbanken (*.db *.sqlite *.sqlite3);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Sources cited, BibTeX (*.bib)</source>
        <translation>Zitierte Quellen, BibTeX (*.bib)</translation>
    </message>
    <message>
        <source>Sources cited, RIS (*.ris)</source>
        <translation>Zitierte Quellen, RIS (*.ris)</translation>
    </message>
    <message>
        <source>Sources cited, CSL JSON (*.json)</source>
        <translation>Zitierte Quellen, CSL JSON (*.json)</translation>
    </message>
    <message>
        <source>Anki decks (*.apkg)</source>
        <translation>Anki-Stapel (*.apkg)</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Learn Database Tables</source>
        <translation>Tabellen einer Datenbank lernen</translation>
    </message>
    <message>
        <source>Learned {facts} about the tables of “{name}”</source>
        <translation>{facts} über die Tabellen von „{name}“ gelernt</translation>
    </message>
    <message>
        <source>Imported {sources} and {facts}</source>
        <translation>{sources} und {facts} importiert</translation>
    </message>
    <message>
        <source>Exported to “{name}”</source>
        <translation>Exportiert als „{name}“</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Wird exportiert</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>Wird importiert</translation>
    </message>
    <message>
        <source>Reading the tables</source>
        <translation>Tabellen werden gelesen</translation>
    </message>
    <message>
        <source>Export thread</source>
        <translation>Gespräch exportieren</translation>
    </message>
    <message>
        <source>No collection</source>
        <translation>Keine Sammlung</translation>
    </message>
    <message>
        <source>without an end</source>
        <translation>ohne Ende</translation>
    </message>
    <message>
        <source>into no collection</source>
        <translation>in keine Sammlung</translation>
    </message>
    <message>
        <source>Since {added}, {into}</source>
        <translation>Seit {added}, {into}</translation>
    </message>
    <message>
        <source>Vault</source>
        <translation>Tresor</translation>
    </message>
    <message>
        <source>Values under a secret of yours, sealed in the library's file. Whoever lacks the secret sees nothing, and nobody can recover it.</source>
        <translation>Werte unter einem Geheimnis von Ihnen, versiegelt in der Datei der Bibliothek. Wer das Geheimnis nicht hat, sieht nichts, und niemand kann es wiederherstellen.</translation>
    </message>
    <message>
        <source>Kept. Only this secret opens it; it cannot be recovered if you lose it.</source>
        <translation>Aufbewahrt. Nur dieses Geheimnis öffnet es; wer es verliert, kann es nicht wiederherstellen.</translation>
    </message>
    <message>
        <source>This secret opens nothing under that key.</source>
        <translation>Dieses Geheimnis öffnet nichts unter diesem Schlüssel.</translation>
    </message>
    <message>
        <source>Check the scope and the key, and type the secret again.</source>
        <translation>Prüfen Sie Bereich und Schlüssel, und geben Sie das Geheimnis noch einmal ein.</translation>
    </message>
    <message>
        <source>The two secrets differ; nothing was kept.</source>
        <translation>Die beiden Geheimnisse sind verschieden; nichts wurde aufbewahrt.</translation>
    </message>
    <message>
        <source>Type them again.</source>
        <translation>Geben Sie sie noch einmal ein.</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>Projekte</translation>
    </message>
    <message>
        <source>A project is a collection with a beginning and an end.</source>
        <translation>Ein Projekt ist eine Sammlung mit Anfang und Ende.</translation>
    </message>
    <message>
        <source>Begin Project</source>
        <translation>Projekt beginnen</translation>
    </message>
    <message>
        <source>There are no projects yet.</source>
        <translation>Es gibt noch keine Projekte.</translation>
    </message>
    <message>
        <source>ended {day}</source>
        <translation>beendet am {day}</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>bis {day}</translation>
    </message>
    <message>
        <source>Watch Folder</source>
        <translation>Ordner überwachen</translation>
    </message>
    <message>
        <source>New files in a watched folder, and in the folders inside it, are added while this window is open. A file that you edit replaces its older version. Unfinished downloads, hidden files and the program's own files are ignored.</source>
        <translation>Neue Dateien in einem überwachten Ordner und den Ordnern darin werden hinzugefügt, solange dieses Fenster offen ist. Eine Datei, die Sie bearbeiten, ersetzt ihre ältere Fassung. Unfertige Downloads, versteckte Dateien und die des Programms werden nicht beachtet.</translation>
    </message>
    <message>
        <source>Collection that new files go into</source>
        <translation>Sammlung für neue Dateien</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>Ordner überwachen</translation>
    </message>
    <message>
        <source>into “{collection}”</source>
        <translation>in „{collection}“</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>Nicht mehr überwachen</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>Statements as they were saved.</source>
        <translation>Aussagen, wie sie gespeichert wurden.</translation>
    </message>
    <message>
        <source>Restore “{name}”</source>
        <translation>„{name}“ wiederherstellen</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>“{days}” is no number of days.</source>
        <translation>„{days}“ ist keine Anzahl von Tagen.</translation>
    </message>
    <message>
        <source>Write a number, such as 30.</source>
        <translation>Schreiben Sie eine Zahl, etwa 30.</translation>
    </message>
    <message>
        <source>No watched folders.</source>
        <translation>Keine überwachten Ordner.</translation>
    </message>
    <message>
        <source>There are no versions yet. Save one first.</source>
        <translation>Es gibt noch keine Version. Sichern Sie zuerst eine.</translation>
    </message>
    <message>
        <source>Restored “{name}”</source>
        <translation>„{name}“ wiederhergestellt</translation>
    </message>
    <message>
        <source>Scope, such as home</source>
        <translation>Bereich, etwa Zuhause</translation>
    </message>
    <message>
        <source>Key, such as wifi password</source>
        <translation>Schlüssel, etwa WLAN-Passwort</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>Geheimnis</translation>
    </message>
    <message>
        <source>The secret again, to keep something</source>
        <translation>Das Geheimnis noch einmal, um etwas aufzubewahren</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Days that it lasts, none for no end</source>
        <translation>Tage, die es dauert; ohne Zahl endet es nicht</translation>
    </message>
    <message>
        <source>into</source>
        <translation>in</translation>
    </message>
    <message>
        <source>Saved as “{name}”</source>
        <translation>Gesichert als „{name}“</translation>
    </message>
    <message>
        <source>The guide that ships with the program is missing or damaged.</source>
        <translation>Die mitgelieferte Anleitung fehlt oder ist beschädigt.</translation>
    </message>
    <message>
        <source>Install the program again.</source>
        <translation>Installieren Sie das Programm neu.</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Funktioniert</translation>
    </message>
    <message>
        <source>Needs a model</source>
        <translation>Braucht ein Modell</translation>
    </message>
    <message>
        <source>Needs a server</source>
        <translation>Braucht einen Server</translation>
    </message>
    <message>
        <source>Not installed</source>
        <translation>Nicht installiert</translation>
    </message>
    <message>
        <source>Check for updates</source>
        <translation>Nach Updates suchen</translation>
    </message>
    <message>
        <source>Page of the guide</source>
        <translation>Seite der Anleitung</translation>
    </message>
    <message>
        <source>Guide – Engram Workbench</source>
        <translation>Handbuch – Engram Workbench</translation>
    </message>
    <message>
        <source>Pages of the guide</source>
        <translation>Seiten der Anleitung</translation>
    </message>
    <message>
        <source>Features and setup</source>
        <translation>Funktionen und Einrichtung</translation>
    </message>
    <message>
        <source>Engram Workbench</source>
        <translation>Engram Workbench</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Final</source>
        <translation>Endgültig</translation>
    </message>
    <message>
        <source>Not finished</source>
        <translation>Nicht beendet</translation>
    </message>
    <message>
        <source>What was done of late, the newest first. Choose one to undo it.</source>
        <translation>Was zuletzt geschah, das Neueste zuerst. Wählen Sie etwas, um es rückgängig zu machen.</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>What you add, write, change and delete is listed here.</source>
        <translation>Hier steht, was Sie hinzufügen, schreiben, ändern und löschen.</translation>
    </message>
    <message>
        <source>History – Engram Workbench</source>
        <translation>Verlauf – Engram Workbench</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Show the sleep</source>
        <translation>Schlaf anzeigen</translation>
    </message>
    <message>
        <source>Nothing was done yet</source>
        <translation>Noch ist nichts geschehen</translation>
    </message>
    <message>
        <source>These keys are needed for typing. Add Ctrl or Alt, or use a function key.</source>
        <translation>Diese Tasten werden zum Schreiben gebraucht. Nehmen Sie Strg oder Alt dazu, oder eine Funktionstaste.</translation>
    </message>
    <message>
        <source>Find Next</source>
        <translation>Weitersuchen</translation>
    </message>
    <message>
        <source>Find Previous</source>
        <translation>Rückwärts suchen</translation>
    </message>
    <message>
        <source>{taken} is always “{what}”. Choose other keys.</source>
        <translation>{taken} heißt immer „{what}“. Wählen Sie andere Tasten.</translation>
    </message>
    <message>
        <source>Libraries (*.brain)</source>
        <translation>Bibliotheken (*.brain)</translation>
    </message>
    <message>
        <source>Open Library on Another Computer</source>
        <translation>Bibliothek auf anderem Computer öffnen</translation>
    </message>
    <message>
        <source>Run “workbench serve” there. It prints its address and the file with the token. Beyond this computer its address begins with https.</source>
        <translation>Starten Sie dort „workbench serve“. Es zeigt seine Adresse und die Datei mit dem Token. Außerhalb dieses Rechners beginnt die Adresse mit https.</translation>
    </message>
    <message>
        <source>Send everything unencrypted; I trust this network</source>
        <translation>Alles unverschlüsselt senden; ich vertraue diesem Netz</translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Wird verbunden…</translation>
    </message>
    <message>
        <source>Where the library is kept</source>
        <translation>Wo die Bibliothek liegen soll</translation>
    </message>
    <message>
        <source>New library</source>
        <translation>Neue Bibliothek</translation>
    </message>
    <message>
        <source>Open a library</source>
        <translation>Bibliothek öffnen</translation>
    </message>
    <message>
        <source>Choose another library</source>
        <translation>Andere Bibliothek wählen</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>No other library yet</source>
        <translation>Noch keine andere Bibliothek</translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>Beide behalten</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Keep the old version and add the new one</source>
        <translation>Alte Fassung behalten und neue hinzufügen</translation>
    </message>
    <message>
        <source>Replace the old version; citations follow their words</source>
        <translation>Alte Fassung ersetzen; Zitate folgen ihren Wörtern</translation>
    </message>
    <message>
        <source>Keep only the old version</source>
        <translation>Nur die alte Fassung behalten</translation>
    </message>
    <message>
        <source>It will continue automatically.</source>
        <translation>Es geht von selbst weiter.</translation>
    </message>
    <message>
        <source>Show report</source>
        <translation>Bericht zeigen</translation>
    </message>
    <message>
        <source>Workbench closed unexpectedly last time.</source>
        <translation>Workbench wurde letztes Mal unerwartet beendet.</translation>
    </message>
    <message>
        <source>Nothing was lost. Reading will continue where it stopped.</source>
        <translation>Nichts ging verloren. Das Lesen macht dort weiter, wo es aufgehört hat.</translation>
    </message>
    <message>
        <source>Something went wrong, but Workbench recovered.</source>
        <translation>Etwas ging schief, aber Workbench läuft weiter.</translation>
    </message>
    <message>
        <source>Nothing you saved is lost. Please repeat your last action.</source>
        <translation>Nichts Gespeichertes ging verloren. Bitte wiederholen Sie Ihre letzte Aktion.</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>Kopiert.</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Text (*.txt)</source>
        <translation>Text (*.txt)</translation>
    </message>
    <message>
        <source>“{names}” has changed since it was added.</source>
        <translation>„{names}“ hat sich seit dem Hinzufügen geändert.</translation>
    </message>
    <message>
        <source>{names} files have changed since they were added.</source>
        <translation>{names} Dateien haben sich seit dem Hinzufügen geändert.</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>“{name}” has moved or is missing, so “{name2}” is open.</source>
        <translation>„{name}“ wurde verschoben oder fehlt, daher ist „{name2}“ geöffnet.</translation>
    </message>
    <message>
        <source>It was {wanted}. If it is on an external disk or network share, connect that and open it again.</source>
        <translation>Sie lag in {wanted}. Liegt sie auf einer externen Platte oder im Netzwerk, verbinden Sie diese und öffnen Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source> It will continue automatically.</source>
        <translation> Es geht von selbst weiter.</translation>
    </message>
    <message>
        <source>Replacing moves citations to the same words; it cannot be undone.</source>
        <translation>Beim Ersetzen folgen Zitate denselben Wörtern; es lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Give up</source>
        <translation>Aufgeben</translation>
    </message>
    <message>
        <source>Show Activity</source>
        <translation>Aktivität zeigen</translation>
    </message>
    <message>
        <source>This is the whole report. Nothing is sent; share it only if you want to.</source>
        <translation>Das ist der ganze Bericht. Nichts wird gesendet; geben Sie ihn nur weiter, wenn Sie wollen.</translation>
    </message>
    <message>
        <source>Discard {things}; everything saved stays as it is</source>
        <translation>{things} verwerfen; alles Gespeicherte bleibt, wie es ist</translation>
    </message>
    <message>
        <source>{pointed} Finished work is kept; the rest is waiting.</source>
        <translation>{pointed} Fertige Arbeit bleibt erhalten; der Rest wartet.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Gespeichert.</translation>
    </message>
    <message>
        <source>Choose Videos – Engram Workbench</source>
        <translation>Videos auswählen – Engram Workbench</translation>
    </message>
    <message>
        <source>Choose Videos</source>
        <translation>Videos auswählen</translation>
    </message>
    <message>
        <source>Videos of the list; press Space to tick one</source>
        <translation>Videos der Liste; mit der Leertaste ankreuzen</translation>
    </message>
    <message>
        <source>Tick all</source>
        <translation>Alle ankreuzen</translation>
    </message>
    <message>
        <source>Reading the list from {host}…</source>
        <translation>Liste wird von {host} gelesen…</translation>
    </message>
    <message>
        <source> of {total}</source>
        <translation> von {total}</translation>
    </message>
    <message>
        <source>  ·  in the library</source>
        <translation>  ·  in der Bibliothek</translation>
    </message>
    <message>
        <source>Add Link – Engram Workbench</source>
        <translation>Link hinzufügen – Engram Workbench</translation>
    </message>
    <message>
        <source>Addresses, one a line</source>
        <translation>Adressen, eine je Zeile</translation>
    </message>
    <message>
        <source> into “{collection}”</source>
        <translation> in „{collection}“</translation>
    </message>
    <message>
        <source>The video's own</source>
        <translation>Die des Videos</translation>
    </message>
    <message>
        <source>Caption languages, best first</source>
        <translation>Sprachen der Untertitel, beste zuerst</translation>
    </message>
    <message>
        <source>Codes such as de, en; the first available one is used</source>
        <translation>Kürzel wie de, en; das erste vorhandene wird benutzt</translation>
    </message>
    <message>
        <source>If there are no captions, download the sound and transcribe it</source>
        <translation>Wenn es keine Untertitel gibt, den Ton laden und abschreiben</translation>
    </message>
    <message>
        <source>About 1 MB a minute; needs a speech model (Settings, Models)</source>
        <translation>Etwa 1 MB je Minute; braucht ein Modell für Aufnahmen (Einstellungen, Modelle)</translation>
    </message>
    <message>
        <source>Choose videos of a list…</source>
        <translation>Videos einer Liste auswählen…</translation>
    </message>
    <message>
        <source> {other_lines} likewise.</source>
        <translation> Ebenso: {other_lines}.</translation>
    </message>
    <message>
        <source>“{unknown}” isn't a language code; write de, en or pt-BR.</source>
        <translation>„{unknown}“ ist kein Sprachkürzel; schreiben Sie de, en oder pt-BR.</translation>
    </message>
    <message>
        <source>Asking {host}</source>
        <translation>{host} wird gefragt</translation>
    </message>
    <message>
        <source>{count}{of}. Nothing is downloaded until you add them.</source>
        <translation>{count}{of}. Nichts wird heruntergeladen, bevor Sie es hinzufügen.</translation>
    </message>
    <message>
        <source>This list has no videos. Check the address in a browser.</source>
        <translation>Diese Liste hat keine Videos. Prüfen Sie die Adresse im Browser.</translation>
    </message>
    <message>
        <source>Add {videos}</source>
        <translation>{videos} hinzufügen</translation>
    </message>
    <message>
        <source>Tick none</source>
        <translation>Keine ankreuzen</translation>
    </message>
    <message>
        <source>“{written}” isn't a web address.</source>
        <translation>„{written}“ ist keine Webadresse.</translation>
    </message>
    <message>
        <source>Add (Ctrl+Enter)</source>
        <translation>Hinzufügen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Add Link{where}</source>
        <translation>Link hinzufügen{where}</translation>
    </message>
    <message>
        <source>Saves the page's text once, with today's date: no pictures, no scripts. For videos, saves the captions, title and chapters.</source>
        <translation>Speichert den Text der Seite einmal, mit dem heutigen Datum: keine Bilder, keine Skripte. Bei Videos werden Untertitel, Titel und Kapitel gespeichert.</translation>
    </message>
    <message>
        <source>See the videos of a list or channel before you add any</source>
        <translation>Die Videos einer Liste oder eines Kanals ansehen, bevor Sie welche hinzufügen</translation>
    </message>
    <message>
        <source>Asks {hosts} for {kinds}.</source>
        <translation>Fragt {hosts} nach {kinds}.</translation>
    </message>
    <message>
        <source>Captions in</source>
        <translation>Untertitel in</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>Labor</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source> (on another computer)</source>
        <translation> (auf einem anderen Computer)</translation>
    </message>
    <message>
        <source>{stem}{away} – Engram Workbench</source>
        <translation>{stem}{away} – Engram Workbench</translation>
    </message>
    <message>
        <source>{name} (Ctrl+{key})</source>
        <translation>{name} (Strg+{key})</translation>
    </message>
    <message>
        <source>Add files (Ctrl+O)</source>
        <translation>Dateien hinzufügen (Strg+O)</translation>
    </message>
    <message>
        <source>Show or hide the Inspector (F8)</source>
        <translation>Inspektor zeigen oder ausblenden (F8)</translation>
    </message>
    <message>
        <source>This library is on another computer: {stem}</source>
        <translation>Diese Bibliothek liegt auf einem anderen Computer: {stem}</translation>
    </message>
    <message>
        <source>Redone: {what}</source>
        <translation>Wiederholt: {what}</translation>
    </message>
    <message>
        <source>Undone: {what}</source>
        <translation>Rückgängig gemacht: {what}</translation>
    </message>
    <message>
        <source>Read and ask here</source>
        <translation>Hier können Sie lesen und fragen</translation>
    </message>
    <message>
        <source>Read, ask and add files here</source>
        <translation>Hier können Sie lesen, fragen und Dateien hinzufügen</translation>
    </message>
    <message>
        <source>{does}. Do everything else there.</source>
        <translation>{does}. Alles andere tun Sie dort.</translation>
    </message>
    <message>
        <source>&amp;Undo {undoText}</source>
        <translation>&amp;Rückgängig: {undoText}</translation>
    </message>
    <message>
        <source>&amp;Redo {redoText}</source>
        <translation>&amp;Wiederherstellen: {redoText}</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>This &amp;Source</source>
        <translation>diese &amp;Quelle</translation>
    </message>
    <message>
        <source>These {several} &amp;Sources</source>
        <translation>diese {several} &amp;Quellen</translation>
    </message>
    <message>
        <source>Ask {ask} Alone</source>
        <translation>Nur {ask} fragen</translation>
    </message>
    <message>
        <source>In the text</source>
        <translation>Im Text</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Search or ask</source>
        <translation>Suchen oder fragen</translation>
    </message>
    <message>
        <source>Search or ask (Ctrl+K)</source>
        <translation>Suchen oder fragen (Strg+K)</translation>
    </message>
    <message>
        <source>  Search or ask…</source>
        <translation>  Suchen oder fragen…</translation>
    </message>
    <message>
        <source>Search or ask…</source>
        <translation>Suchen oder fragen…</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Ergebnisse</translation>
    </message>
    <message>
        <source>In {collection}</source>
        <translation>In {collection}</translation>
    </message>
    <message>
        <source>Only in {collection}</source>
        <translation>Nur in {collection}</translation>
    </message>
    <message>
        <source>all kinds</source>
        <translation>alle Arten</translation>
    </message>
    <message>
        <source>only this kind</source>
        <translation>nur diese Art</translation>
    </message>
    <message>
        <source>↑ ↓ choose</source>
        <translation>↑ ↓ wählen</translation>
    </message>
    <message>
        <source>Enter open</source>
        <translation>Eingabe öffnen</translation>
    </message>
    <message>
        <source>Ctrl+Enter ask</source>
        <translation>Strg+Eingabe fragen</translation>
    </message>
    <message>
        <source>Tab {tab}</source>
        <translation>Tab {tab}</translation>
    </message>
    <message>
        <source>&gt; commands</source>
        <translation>&gt; Befehle</translation>
    </message>
    <message>
        <source>Ask: {typed}</source>
        <translation>Fragen: {typed}</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>All {sentences}</source>
        <translation>Alle {sentences}</translation>
    </message>
    <message>
        <source>Find “{typed}” in this source</source>
        <translation>„{typed}“ in dieser Quelle suchen</translation>
    </message>
    <message>
        <source>first {shown} of {sentences}</source>
        <translation>erste {shown} von {sentences}</translation>
    </message>
    <message>
        <source>Read last</source>
        <translation>Zuletzt gelesen</translation>
    </message>
    <message>
        <source>Only {get}</source>
        <translation>Nur {get}</translation>
    </message>
    <message>
        <source>No sentence</source>
        <translation>Kein Satz</translation>
    </message>
    <message>
        <source>Settings are as they came</source>
        <translation>Einstellungen sind wie mitgeliefert</translation>
    </message>
    <message>
        <source>Open Beside</source>
        <translation>Daneben öffnen</translation>
    </message>
    <message>
        <source>Reader, second source</source>
        <translation>Leseansicht, zweite Quelle</translation>
    </message>
    <message>
        <source>This Source Again</source>
        <translation>Diese Quelle noch einmal</translation>
    </message>
    <message>
        <source>Choose in the Library</source>
        <translation>In der Bibliothek auswählen</translation>
    </message>
    <message>
        <source>Folder That Your Devices Share</source>
        <translation>Ordner, den Ihre Geräte teilen</translation>
    </message>
    <message>
        <source>Received {received}, sent {sent}</source>
        <translation>{received} empfangen, {sent} gesendet</translation>
    </message>
    <message>
        <source>Not everything could be read</source>
        <translation>Nicht alles war zu lesen</translation>
    </message>
    <message>
        <source>Two devices changed the same text</source>
        <translation>Zwei Geräte haben denselben Text geändert</translation>
    </message>
    <message>
        <source>Here: “{current}” · At “{by}”: “{other}”</source>
        <translation>Hier: „{current}“ · Bei „{by}“: „{other}“</translation>
    </message>
    <message>
        <source>Synchronising</source>
        <translation>Abgleichen</translation>
    </message>
    <message>
        <source>Keep This</source>
        <translation>Diesen behalten</translation>
    </message>
    <message>
        <source>Take the Other</source>
        <translation>Den anderen nehmen</translation>
    </message>
    <message>
        <source>A second start will open a window of its own.</source>
        <translation>Ein zweiter Start wird ein eigenes Fenster öffnen.</translation>
    </message>
    <message>
        <source>Sleep stopped. Nothing was lost; the next one continues.</source>
        <translation>Der Schlaf wurde gestoppt. Nichts ging verloren; der nächste macht weiter.</translation>
    </message>
    <message>
        <source>Redoing the sleep</source>
        <translation>Schlaf wird wiederholt</translation>
    </message>
    <message>
        <source>Undoing the sleep</source>
        <translation>Schlaf wird rückgängig gemacht</translation>
    </message>
    <message>
        <source>; {later_changes} kept</source>
        <translation>; {later_changes} behalten</translation>
    </message>
    <message>
        <source>Slept</source>
        <translation>Geschlafen</translation>
    </message>
    <message>
        <source>The sleep is done again{kept}</source>
        <translation>Der Schlaf ist wiederholt{kept}</translation>
    </message>
    <message>
        <source>The sleep is undone{kept}</source>
        <translation>Der Schlaf ist rückgängig gemacht{kept}</translation>
    </message>
    <message>
        <source>Accept Idea</source>
        <translation>Idee annehmen</translation>
    </message>
    <message>
        <source>Reject Idea</source>
        <translation>Idee ablehnen</translation>
    </message>
    <message>
        <source>Slept. {done}</source>
        <translation>Geschlafen. {done}</translation>
    </message>
    <message>
        <source>{parts}: {bytes} of the library</source>
        <translation>{parts}: {bytes} der Bibliothek</translation>
    </message>
    <message>
        <source>{sources} deleted for good</source>
        <translation>{sources} endgültig gelöscht</translation>
    </message>
    <message>
        <source>Delete for good – Engram Workbench</source>
        <translation>Endgültig löschen – Engram Workbench</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>What would be deleted</source>
        <translation>Was gelöscht würde</translation>
    </message>
    <message>
        <source>All other sources, their passages and tags</source>
        <translation>Alle anderen Quellen, ihre Stellen und Schlagwörter</translation>
    </message>
    <message>
        <source>Where is the original of “{title}”?</source>
        <translation>Wo ist das Original von „{title}“?</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>, and {others} beside it</source>
        <translation>, dazu {others} daneben</translation>
    </message>
    <message>
        <source>Found the original of “{title}”{more}</source>
        <translation>Original von „{title}“ gefunden{more}</translation>
    </message>
    <message>
        <source>; the last traces go when every program has closed the library</source>
        <translation>; die letzten Spuren verschwinden, wenn kein Programm die Bibliothek mehr geöffnet hat</translation>
    </message>
    <message>
        <source>Nothing was deleted: some of these are no longer in the Trash.</source>
        <translation>Nichts wurde gelöscht: Einiges davon liegt nicht mehr im Papierkorb.</translation>
    </message>
    <message>
        <source>Check the Trash and choose again.</source>
        <translation>Sehen Sie im Papierkorb nach, und wählen Sie noch einmal.</translation>
    </message>
    <message>
        <source>Delete {what} permanently?</source>
        <translation>{what} endgültig löschen?</translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation>Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Other sources that were read from</source>
        <translation>Andere Quellen, gelesen aus</translation>
    </message>
    <message>
        <source>Links that other sources state too</source>
        <translation>Verknüpfungen, die auch andere Quellen belegen</translation>
    </message>
    <message>
        <source>Collections, with all other sources</source>
        <translation>Sammlungen, mit allen anderen Quellen</translation>
    </message>
    <message>
        <source>Backups that still contain the text, until you delete them</source>
        <translation>Sicherungen, die den Text noch enthalten, bis Sie sie löschen</translation>
    </message>
    <message>
        <source> {others} likewise.</source>
        <translation> Ebenso {others}.</translation>
    </message>
    <message>
        <source>{sources} read again</source>
        <translation>{sources} neu gelesen</translation>
    </message>
    <message>
        <source>{failed} could not be read again and are unchanged: {names}</source>
        <translation>{failed} ließen sich nicht neu lesen und sind unverändert: {names}</translation>
    </message>
    <message>
        <source>What is deleted</source>
        <translation>Was gelöscht wird</translation>
    </message>
    <message>
        <source>What stays</source>
        <translation>Was bleibt</translation>
    </message>
    <message>
        <source>Deleting {what}…</source>
        <translation>{what} wird gelöscht…</translation>
    </message>
    <message>
        <source>Links that no other source states</source>
        <translation>Verknüpfungen, die keine andere Quelle belegt</translation>
    </message>
    <message>
        <source>Pasted texts, of which there is no copy</source>
        <translation>Eingefügte Texte, von denen es keine Kopie gibt</translation>
    </message>
    <message>
        <source>Web pages as they were fetched</source>
        <translation>Webseiten, wie sie geholt wurden</translation>
    </message>
    <message>
        <source>Tags that no other source has</source>
        <translation>Schlagwörter, die keine andere Quelle hat</translation>
    </message>
    <message>
        <source>Saved answers that lose a quote</source>
        <translation>Gespeicherte Antworten, die ein Zitat verlieren</translation>
    </message>
    <message>
        <source>None of these sources has an original file to read again.</source>
        <translation>Keine dieser Quellen hat eine Originaldatei, die neu gelesen werden könnte.</translation>
    </message>
    <message>
        <source>Network off</source>
        <translation>Netz aus</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>Alles aktuell</translation>
    </message>
    <message>
        <source>Answers are word-for-word quotes; no language model is involved</source>
        <translation>Antworten sind wörtliche Zitate; kein Sprachmodell ist beteiligt</translation>
    </message>
    <message>
        <source>Nothing is sent automatically; web pages are fetched only when you add their link</source>
        <translation>Nichts wird von selbst gesendet; Webseiten werden nur abgerufen, wenn Sie ihren Link hinzufügen</translation>
    </message>
    <message>
        <source>Reading {share}</source>
        <translation>Wird gelesen: {share}</translation>
    </message>
    <message>
        <source>Linking: {title} {share}</source>
        <translation>Verknüpfen: {title} {share}</translation>
    </message>
    <message>
        <source>Reading for meaning {min}</source>
        <translation>Lesen nach Bedeutung {min}</translation>
    </message>
    <message>
        <source>Scope: {name}</source>
        <translation>Bereich: {name}</translation>
    </message>
    <message>
        <source>Answers are written by {model} from your sources, each sentence checked</source>
        <translation>{model} schreibt Antworten aus Ihren Quellen; jeder Satz wird geprüft</translation>
    </message>
    <message>
        <source>{text}, paused</source>
        <translation>{text}, angehalten</translation>
    </message>
    <message>
        <source>, about {seconds_left} left</source>
        <translation>, noch etwa {seconds_left}</translation>
    </message>
    <message>
        <source>Finding links: {left} of {sources} left</source>
        <translation>Verknüpfungen werden gesucht: noch {left} von {sources}</translation>
    </message>
    <message>
        <source>Failed and is tried again: {reason}</source>
        <translation>Fehlgeschlagen, wird wieder versucht: {reason}</translation>
    </message>
    <message>
        <source>Indexing statements {share}</source>
        <translation>Aussagen werden indiziert: {share}</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Scope: Everything</source>
        <translation>Bereich: Alles</translation>
    </message>
    <message>
        <source>What questions search</source>
        <translation>Was Fragen durchsuchen</translation>
    </message>
    <message>
        <source>Show activity (F9)</source>
        <translation>Aktivität zeigen (F9)</translation>
    </message>
    <message>
        <source>Waiting for the library…</source>
        <translation>Wartet auf die Bibliothek…</translation>
    </message>
    <message>
        <source>Sleep and learning settings</source>
        <translation>Einstellungen zu Schlaf und Lernen</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Funktionen</translation>
    </message>
    <message>
        <source>Features and setup on this computer</source>
        <translation>Funktionen und Einrichtung auf diesem Computer</translation>
    </message>
    <message>
        <source>. You can ask and read meanwhile.</source>
        <translation>. Sie können inzwischen fragen und lesen.</translation>
    </message>
    <message>
        <source>{text}{meanwhile}
Show activity (F9)</source>
        <translation>{text}{meanwhile}
Aktivität zeigen (F9)</translation>
    </message>
    <message>
        <source>Fetching {hosts}…</source>
        <translation>{hosts} wird abgerufen…</translation>
    </message>
    <message>
        <source>{text} · Learning off</source>
        <translation>{text} · Lernen aus</translation>
    </message>
    <message>
        <source>{told}. Sleep and learning settings</source>
        <translation>{told}. Einstellungen zu Schlaf und Lernen</translation>
    </message>
    <message>
        <source>{text} (not the Trash)</source>
        <translation>{text} (ohne Papierkorb)</translation>
    </message>
    <message>
        <source>Writing a briefing</source>
        <translation>Eine Zusammenfassung wird geschrieben</translation>
    </message>
    <message>
        <source>Writing questions with answers</source>
        <translation>Fragen mit Antworten werden geschrieben</translation>
    </message>
    <message>
        <source>Writing a timeline</source>
        <translation>Ein Zeitverlauf wird geschrieben</translation>
    </message>
    <message>
        <source>Writing a glossary</source>
        <translation>Ein Glossar wird geschrieben</translation>
    </message>
    <message>
        <source>The queue is paused: {files_wait}</source>
        <translation>Die Warteschlange ist angehalten: {files_wait}</translation>
    </message>
    <message>
        <source>{lines} more</source>
        <translation>{lines} weitere</translation>
    </message>
    <message>
        <source>{front}: due again on {due}</source>
        <translation>{front}: wieder fällig am {due}</translation>
    </message>
    <message>
        <source>Edit Card</source>
        <translation>Karte bearbeiten</translation>
    </message>
    <message>
        <source>Stop Reviewing</source>
        <translation>Nicht mehr wiederholen</translation>
    </message>
    <message>
        <source>Keep for Review</source>
        <translation>Zum Wiederholen vormerken</translation>
    </message>
    <message>
        <source>Resolve Contradiction</source>
        <translation>Widerspruch lösen</translation>
    </message>
    <message>
        <source>{title}: the original has moved</source>
        <translation>{title}: Das Original liegt nicht mehr am alten Ort</translation>
    </message>
    <message>
        <source>Removed from review.</source>
        <translation>Wird nicht mehr wiederholt.</translation>
    </message>
    <message>
        <source>Select a sentence first</source>
        <translation>Wählen Sie erst einen Satz aus</translation>
    </message>
    <message>
        <source>This sentence is not in the index</source>
        <translation>Dieser Satz ist nicht im Index</translation>
    </message>
    <message>
        <source>Removed from review</source>
        <translation>Wird nicht mehr wiederholt</translation>
    </message>
    <message>
        <source>Kept for review</source>
        <translation>Zum Wiederholen vorgemerkt</translation>
    </message>
    <message>
        <source>text still answers</source>
        <translation>der Text antwortet weiter</translation>
    </message>
    <message>
        <source>Not opened yet</source>
        <translation>Noch nicht geöffnet</translation>
    </message>
    <message>
        <source>Already kept for review</source>
        <translation>Schon zum Wiederholen vorgemerkt</translation>
    </message>
    <message>
        <source>Files go to the cluster unencrypted: tls:// encrypts them.</source>
        <translation>Dateien gehen unverschlüsselt an den Cluster: tls:// verschlüsselt sie.</translation>
    </message>
    <message>
        <source>All can be asked. Search by meaning is approximate until the model has read {statements}: workbench models update</source>
        <translation>Alles kann gefragt werden. Die Suche nach dem Sinn ist ungenau, bis das Modell {statements} gelesen hat: workbench models update</translation>
    </message>
    <message>
        <source>About {name} (--about NAME asks about another</source>
        <translation>Über {name} (--about NAME fragt nach etwas anderem</translation>
    </message>
    <message>
        <source>{count} of {of} passages, {sources}, </source>
        <translation>{count} von {of} Stellen, {sources}, </translation>
    </message>
    <message>
        <source>There is nothing to answer from yet.</source>
        <translation>Noch gibt es nichts, woraus sich antworten ließe.</translation>
    </message>
    <message>
        <source>Not in your sources.</source>
        <translation>Nicht in Ihren Quellen.</translation>
    </message>
    <message>
        <source>{share} % likely to bear on the question.</source>
        <translation>Zu {share} % wahrscheinlich für die Frage von Belang.</translation>
    </message>
    <message>
        <source> (unsupported)</source>
        <translation> (nicht belegt)</translation>
    </message>
    <message>
        <source>What comes to mind:</source>
        <translation>Was einem dazu einfällt:</translation>
    </message>
    <message>
        <source>Associated in the brain:</source>
        <translation>Im Gehirn damit verbunden:</translation>
    </message>
    <message>
        <source>Closest statements:</source>
        <translation>Die nächsten Aussagen:</translation>
    </message>
    <message>
        <source>The closest passages:</source>
        <translation>Die nächsten Stellen:</translation>
    </message>
    <message>
        <source>May answer (the likeliest sentence of each passage between asterisks):</source>
        <translation>Könnte antworten (der wahrscheinlichste Satz jeder Stelle zwischen Sternchen):</translation>
    </message>
    <message>
        <source>Evidence:</source>
        <translation>Belege:</translation>
    </message>
    <message>
        <source>May answer:</source>
        <translation>Könnte antworten:</translation>
    </message>
    <message>
        <source>said by {names}</source>
        <translation>gesagt von {names}</translation>
    </message>
    <message>
        <source>whole; this copy carries no digest to compare with</source>
        <translation>vollständig; diese Kopie hat keine Prüfsumme zum Vergleichen</translation>
    </message>
    <message>
        <source>  {sources}, {passages}, {statements}, {size}; every row was compared</source>
        <translation>  {sources}, {passages}, {statements}, {size}; jede Zeile wurde verglichen</translation>
    </message>
    <message>
        <source>as they were when the backup was made</source>
        <translation>wie bei der Sicherung</translation>
    </message>
    <message>
        <source>not all is there:</source>
        <translation>nicht alles ist da:</translation>
    </message>
    <message>
        <source>nothing is lost</source>
        <translation>nichts ist verloren</translation>
    </message>
    <message>
        <source>Rebuild its indexes with workbench verify --repair; if that does not help, restore a backup (workbench restore-backup FILE) or save what can be read (workbench salvage OLD.brain NEW.brain).</source>
        <translation>Bauen Sie die Indizes neu auf mit workbench verify --repair; hilft das nicht, spielen Sie eine Sicherung ein (workbench restore-backup FILE) oder retten Sie, was lesbar ist (workbench salvage OLD.brain NEW.brain).</translation>
    </message>
    <message>
        <source>network    off: nothing leaves this machine</source>
        <translation>Netz       aus: nichts verlässt diesen Computer</translation>
    </message>
    <message>
        <source>
{files} can be read by other users of this machine:</source>
        <translation>
{files} sind für andere Benutzer dieses Computers lesbar:</translation>
    </message>
    <message>
        <source>{new}: {sources} with {statements}, {added}; known: {known_sources}, {known}.</source>
        <translation>{new}: {sources} mit {statements}, {added}; bekannt: {known_sources}, {known}.</translation>
    </message>
    <message>
        <source>✓ New: {added}; known: {known}.</source>
        <translation>✓ Neu: {added}; bekannt: {known}.</translation>
    </message>
    <message>
        <source>✓ Taken back: {sources}, {memories}; {changed_back} are as before.</source>
        <translation>✓ Zurückgenommen: {sources}, {memories}; {changed_back} sind wie zuvor.</translation>
    </message>
    <message>
        <source>Fingerprint {fingerprint} · {place}</source>
        <translation>Fingerabdruck {fingerprint} · {place}</translation>
    </message>
    <message>
        <source>, by {person}</source>
        <translation>, von {person}</translation>
    </message>
    <message>
        <source>Shared through {place}, as “{name}”{person}</source>
        <translation>Geteilt über {place}, als „{name}“{person}</translation>
    </message>
    <message>
        <source>{pieces} merged</source>
        <translation>{pieces} übernommen</translation>
    </message>
    <message>
        <source>{unsent} to send, {waiting} waiting for their place, {conflicts} changed by two</source>
        <translation>{unsent} zu senden, {waiting} noch ohne Platz, {conflicts} von zweien geändert</translation>
    </message>
    <message>
        <source>✓ Received: {received}, {sources}; sent: {sent}.</source>
        <translation>✓ Empfangen: {received}, {sources}; gesendet: {sent}.</translation>
    </message>
    <message>
        <source>  at “{by}”: {other}</source>
        <translation>  bei „{by}“: {other}</translation>
    </message>
    <message>
        <source>Settle it with: workbench group settle {id} --keep current|other|both</source>
        <translation>Klären Sie es mit: workbench group settle {id} --keep current|other|both</translation>
    </message>
    <message>
        <source>✗ Damaged in the library, and therefore in the backup: {problem}</source>
        <translation>✗ In der Bibliothek und daher auch in der Sicherung beschädigt: {problem}</translation>
    </message>
    <message>
        <source>  The previous library is now {path}</source>
        <translation>  Die vorige Bibliothek ist jetzt {path}</translation>
    </message>
    <message>
        <source>  Lost: {name}</source>
        <translation>  Verloren: {name}</translation>
    </message>
    <message>
        <source>  Damaged, and left out of answers: {name}</source>
        <translation>  Beschädigt und in Antworten weggelassen: {name}</translation>
    </message>
    <message>
        <source>  Rebuilt: {name}</source>
        <translation>  Neu erstellt: {name}</translation>
    </message>
    <message>
        <source>  Mended: {name}</source>
        <translation>  Repariert: {name}</translation>
    </message>
    <message>
        <source>Repair what can be repaired with: workbench verify --repair</source>
        <translation>Reparieren Sie, was sich reparieren lässt, mit: workbench verify --repair</translation>
    </message>
    <message>
        <source>✗ {refusal} Found: {damaged}</source>
        <translation>✗ {refusal} Gefunden: {damaged}</translation>
    </message>
    <message>
        <source>Closed {closed:,} files and folders: only you can read them now.</source>
        <translation>{closed:,} Dateien und Ordner geschlossen: Jetzt können nur Sie sie lesen.</translation>
    </message>
    <message>
        <source>  … and {more} more</source>
        <translation>  … und {more} weitere</translation>
    </message>
    <message>
        <source>They belong to another user, who alone can close them.</source>
        <translation>Sie gehören einem anderen Benutzer; nur er kann sie schließen.</translation>
    </message>
    <message>
        <source>Close them with `workbench doctor --repair`.</source>
        <translation>Schließen Sie sie mit `workbench doctor --repair`.</translation>
    </message>
    <message>
        <source>You changed {notes} there, which stayed as is.</source>
        <translation>Sie haben dort {notes} geändert; das blieb, wie es ist.</translation>
    </message>
    <message>
        <source>; the other was left out</source>
        <translation>; das andere wurde weggelassen</translation>
    </message>
    <message>
        <source>  “{one}” counts, not “{other}”{left}</source>
        <translation>  „{one}“ zählt, nicht „{other}“{left}</translation>
    </message>
    <message>
        <source>  and {count} more contradictions</source>
        <translation>  und {count} weitere Widersprüche</translation>
    </message>
    <message>
        <source>Undo it with: workbench import --undo</source>
        <translation>Rückgängig machen mit: workbench import --undo</translation>
    </message>
    <message>
        <source>There are no differences.</source>
        <translation>Es gibt keine Unterschiede.</translation>
    </message>
    <message>
        <source>✓ Nothing has changed since it was learned.</source>
        <translation>✓ Seit dem Lernen hat sich nichts geändert.</translation>
    </message>
    <message>
        <source>✓ Learned: {added} new, {removed} taken back.</source>
        <translation>✓ Gelernt: {added} neu, {removed} zurückgenommen.</translation>
    </message>
    <message>
        <source>- … and {more} more (see --json)</source>
        <translation>- … und {more} weitere (siehe --json)</translation>
    </message>
    <message>
        <source>Private: {collections}</source>
        <translation>Privat: {collections}</translation>
    </message>
    <message>
        <source>Synchronised {at}</source>
        <translation>Abgeglichen {at}</translation>
    </message>
    <message>
        <source>Not synchronised yet.</source>
        <translation>Noch nicht abgeglichen.</translation>
    </message>
    <message>
        <source>Not there yet: {pieces} of the log. Synchronise again later.</source>
        <translation>Noch nicht da: {pieces} des Protokolls. Gleichen Sie später noch einmal ab.</translation>
    </message>
    <message>
        <source>Without a place yet: {changes}.</source>
        <translation>Noch ohne Platz: {changes}.</translation>
    </message>
    <message>
        <source>Changed by two at the same time: {texts}. See them with: workbench group conflicts</source>
        <translation>Von zweien gleichzeitig geändert: {texts}. Ansehen mit: workbench group conflicts</translation>
    </message>
    <message>
        <source>✓ “{word}” is shared.</source>
        <translation>✓ „{word}“ wird geteilt.</translation>
    </message>
    <message>
        <source>✓ “{word}” stays here; what the log has already stays there.</source>
        <translation>✓ „{word}“ bleibt hier; was das Protokoll schon hat, bleibt dort.</translation>
    </message>
    <message>
        <source>✓ The library is not shared any more; all that came stays.</source>
        <translation>✓ Die Bibliothek wird nicht mehr geteilt; alles, was kam, bleibt.</translation>
    </message>
    <message>
        <source>This library is not shared.</source>
        <translation>Diese Bibliothek wird nicht geteilt.</translation>
    </message>
    <message>
        <source>{count} problems</source>
        <translation>{count} Probleme</translation>
    </message>
    <message>
        <source>The remaining problems are in the text: read it again with workbench reindex ID.</source>
        <translation>Die übrigen Probleme liegen im Text: Lesen Sie ihn noch einmal mit workbench reindex ID.</translation>
    </message>
    <message>
        <source>Nobody can tell what the remaining rows were: correct a statement with workbench edit ID TEXT, or restore a backup (workbench restore-backup FILE).</source>
        <translation>Was in den übrigen Zeilen stand, weiß niemand: Berichtigen Sie eine Aussage mit workbench edit ID TEXT, oder stellen Sie eine Sicherung wieder her (workbench restore-backup FILE).</translation>
    </message>
    <message>
        <source>+ … and {more} more (see --json)</source>
        <translation>+ … und {more} weitere (siehe --json)</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>unversehrt</translation>
    </message>
    <message>
        <source>Would be new</source>
        <translation>Neu wären</translation>
    </message>
    <message>
        <source>✓ New</source>
        <translation>✓ Neu</translation>
    </message>
    <message>
        <source>in {days} days</source>
        <translation>in {days} Tagen</translation>
    </message>
    <message>
        <source>{days} days ago</source>
        <translation>vor {days} Tagen</translation>
    </message>
    <message>
        <source>once</source>
        <translation>einmal</translation>
    </message>
    <message>
        <source>{times} times</source>
        <translation>{times}-mal</translation>
    </message>
    <message>
        <source>{hops} away</source>
        <translation>{hops} entfernt</translation>
    </message>
    <message>
        <source>in it</source>
        <translation>darin</translation>
    </message>
    <message>
        <source>said {times}</source>
        <translation>gesagt: {times}</translation>
    </message>
    <message>
        <source>{certainty:.0%} sure</source>
        <translation>zu {certainty:.0%} sicher</translation>
    </message>
    <message>
        <source>✓ Done ({what}): {concept}</source>
        <translation>✓ Erledigt ({what}): {concept}</translation>
    </message>
    <message>
        <source>Undo it with: workbench concept --undo</source>
        <translation>Rückgängig machen mit: workbench concept --undo</translation>
    </message>
    <message>
        <source>, {times} times</source>
        <translation>, {times}-mal</translation>
    </message>
    <message>
        <source>, contradicted</source>
        <translation>, bestritten</translation>
    </message>
    <message>
        <source>, through {names}</source>
        <translation>, über {names}</translation>
    </message>
    <message>
        <source> ({odds} such links was found in print)</source>
        <translation> ({odds} solcher Verknüpfungen gedruckt gefunden)</translation>
    </message>
    <message>
        <source> ({odds} was found in print)</source>
        <translation> ({odds} gedruckt gefunden)</translation>
    </message>
    <message>
        <source>{neurons:,} neurons and {synapses:,} background synapses (scale {scale:g}), which are computed and not stored</source>
        <translation>{neurons:,} Neuronen und {synapses:,} Hintergrundsynapsen (Maßstab {scale:g}), die berechnet und nicht gespeichert werden</translation>
    </message>
    <message>
        <source>{name}: {neurons} of the {size:,} neurons of the association cortex, {shared} of them shared</source>
        <translation>{name}: {neurons} der {size:,} Neuronen des Assoziationskortex, {shared} davon geteilt</translation>
    </message>
    <message>
        <source>near {names}</source>
        <translation>nahe bei {names}</translation>
    </message>
    <message>
        <source>Sleeps {automatic}, every {every_hours:g} hours, after {idle_minutes:g} idle minutes. Archives what is weaker than {archive_below:g} and was not used on {archive_after_days} days of use, {archive_share} at most.</source>
        <translation>Schläft {automatic}, alle {every_hours:g} Stunden, nach {idle_minutes:g} ruhigen Minuten. Archiviert, was schwächer als {archive_below:g} ist und an {archive_after_days} Tagen Arbeit nicht gebraucht wurde, höchstens {archive_share}.</translation>
    </message>
    <message>
        <source>{consolidated} kept, {merged} merged, {pruned} archived, {replayed} replayed, {summarised} summed up</source>
        <translation>{consolidated} behalten, {merged} vereint, {pruned} archiviert, {replayed} wiederholt, {summarised} zusammengefasst</translation>
    </message>
    <message>
        <source>{slept}: {did}; {facts} examined.</source>
        <translation>{slept}: {did}; {facts} geprüft.</translation>
    </message>
    <message>
        <source>, {first} to {final}</source>
        <translation>, {first} bis {final}</translation>
    </message>
    <message>
        <source>also written: {forms}</source>
        <translation>auch geschrieben: {forms}</translation>
    </message>
    <message>
        <source>{count} more neighbours; see them with --json.</source>
        <translation>{count} weitere Nachbarn; alle zeigt --json.</translation>
    </message>
    <message>
        <source>stated:</source>
        <translation>ausgesagt:</translation>
    </message>
    <message>
        <source>relations:</source>
        <translation>Beziehungen:</translation>
    </message>
    <message>
        <source>related in meaning, partly active: {name} ({neurons} of 100 neurons)</source>
        <translation>im Sinn verwandt, teilweise aktiv: {name} ({neurons} von 100 Neuronen)</translation>
    </message>
    <message>
        <source>No associations: nothing is known about this yet.</source>
        <translation>Keine Assoziationen: Darüber ist noch nichts bekannt.</translation>
    </message>
    <message>
        <source>{links} links have changed because of your questions. See them with: workbench brain lessons</source>
        <translation>{links} Verknüpfungen haben sich durch Ihre Fragen verändert. Alle zeigt: workbench brain lessons</translation>
    </message>
    <message>
        <source>kept for long: “{text}”</source>
        <translation>auf Dauer behalten: „{text}“</translation>
    </message>
    <message>
        <source>{count} on {name}: “{text}”</source>
        <translation>{count} über {name}: „{text}“</translation>
    </message>
    <message>
        <source>kept for long</source>
        <translation>auf Dauer behalten</translation>
    </message>
    <message>
        <source>replayed</source>
        <translation>wiederholt</translation>
    </message>
    <message>
        <source>with weaker links</source>
        <translation>mit schwächeren Verknüpfungen</translation>
    </message>
    <message>
        <source>faint links removed</source>
        <translation>schwache Verknüpfungen entfernt</translation>
    </message>
    <message>
        <source>links of the brain rehearsed</source>
        <translation>Verknüpfungen des Gehirns geübt</translation>
    </message>
    <message>
        <source>links of the brain balanced</source>
        <translation>Verknüpfungen des Gehirns ausgeglichen</translation>
    </message>
    <message>
        <source>links proposed</source>
        <translation>Verknüpfungen vorgeschlagen</translation>
    </message>
    <message>
        <source>Nothing is deleted. Undo it with: workbench sleep --undo {run}</source>
        <translation>Nichts ist gelöscht. Rückgängig machen mit: workbench sleep --undo {run}</translation>
    </message>
    <message>
        <source>See its proposals with: workbench sleep --proposals</source>
        <translation>Die Vorschläge zeigt: workbench sleep --proposals</translation>
    </message>
    <message>
        <source>links changed</source>
        <translation>Verbindungen geändert</translation>
    </message>
    <message>
        <source>summaries</source>
        <translation>Zusammenfassungen</translation>
    </message>
    <message>
        <source>proposals</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>Changed since then, so left alone: {left}.</source>
        <translation>Seitdem geändert und daher unberührt: {left}.</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>von selbst</translation>
    </message>
    <message>
        <source>only when asked</source>
        <translation>nur auf Wunsch</translation>
    </message>
    <message>
        <source>nothing to do</source>
        <translation>nichts zu tun</translation>
    </message>
    <message>
        <source>Sleep would do this</source>
        <translation>Der Schlaf würde dies tun</translation>
    </message>
    <message>
        <source>✓ Slept</source>
        <translation>✓ Geschlafen</translation>
    </message>
    <message>
        <source>Done again</source>
        <translation>Wiederholt</translation>
    </message>
    <message>
        <source>{n} spikes</source>
        <translation>{n} Spikes</translation>
    </message>
    <message>
        <source>{model} {state}: {done} of {total} read, {vectors} vectors{more}</source>
        <translation>{model} {state}: {done} von {total} gelesen, {vectors} Vektoren{more}</translation>
    </message>
    <message>
        <source>  chosen for {purposes}</source>
        <translation>  gewählt für {purposes}</translation>
    </message>
    <message>
        <source>about {size} of memory</source>
        <translation>etwa {size} Speicher</translation>
    </message>
    <message>
        <source>{model} has looked through {done} of {total} sources with pictures and seen {pictures}.</source>
        <translation>{model} hat {done} von {total} Quellen mit Bildern durchgesehen und {pictures} gesehen.</translation>
    </message>
    <message>
        <source>answers</source>
        <translation>antwortet</translation>
    </message>
    <message>
        <source>is being made</source>
        <translation>entsteht gerade</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>antwortet nicht</translation>
    </message>
    <message>
        <source>; {approximate} more approximately</source>
        <translation>; {approximate} weitere näherungsweise</translation>
    </message>
    <message>
        <source>✓ {sentences} sentences read, {triples} statements found.</source>
        <translation>✓ {sentences} Sätze gelesen, {triples} Aussagen gefunden.</translation>
    </message>
    <message>
        <source>{model}: {like:.2f} for two sentences that mean the same, {unlike:.2f} for two that do not.</source>
        <translation>{model}: {like:.2f} für zwei Sätze gleichen Sinns, {unlike:.2f} für zwei verschiedenen Sinns.</translation>
    </message>
    <message>
        <source>{model}  right {right}, wrong {wrong}, silent {silent} of 10 (quotes alone: {quotes} right); right passage first {chosen} (not choosing: {ranked}); invented {invented} of 2; triples {triples} of 3; {rate:.0f} tokens a second, first word after {first:.0f} s{size}</source>
        <translation>{model}  richtig {right}, falsch {wrong}, still {silent} von 10 (Zitate allein: {quotes} richtig); richtige Stelle zuerst {chosen} (ohne Auswahl: {ranked}); erfunden {invented} von 2; Tripel {triples} von 3; {rate:.0f} Token pro Sekunde, erstes Wort nach {first:.0f} s{size}</translation>
    </message>
    <message>
        <source>embeds</source>
        <translation>bettet ein</translation>
    </message>
    <message>
        <source>First word after {first:.1f} s, {rate:.0f} tokens a second, {context} tokens of context.</source>
        <translation>Erstes Wort nach {first:.1f} s, {rate:.0f} Tokens je Sekunde, {context} Tokens Kontext.</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>not here</source>
        <translation>nicht hier</translation>
    </message>
    <message>
        <source>here</source>
        <translation>hier</translation>
    </message>
    <message>
        <source>There is no embedding model; search uses words only.</source>
        <translation>Es gibt kein Einbettungsmodell; die Suche verwendet nur Wörter.</translation>
    </message>
    <message>
        <source>Graphics: {names}.</source>
        <translation>Grafik: {names}.</translation>
    </message>
    <message>
        <source>Graphics: none found; the processor is used.</source>
        <translation>Grafik: keine gefunden; der Prozessor rechnet.</translation>
    </message>
    <message>
        <source>source {source}</source>
        <translation>Quelle {source}</translation>
    </message>
    <message>
        <source>“{quote}”</source>
        <translation>„{quote}“</translation>
    </message>
    <message>
        <source>{at}, {size:.0f} kB, from {address}</source>
        <translation>{at}, {size:.0f} kB, von {address}</translation>
    </message>
    <message>
        <source>In no collection </source>
        <translation>In keiner Sammlung </translation>
    </message>
    <message>
        <source>To be deleted: {passages}, {statements}, {size}</source>
        <translation>Zu löschen: {passages}, {statements}, {size}</translation>
    </message>
    <message>
        <source>, and {count} more sources of that file</source>
        <translation>, ebenso {count} weitere Quellen aus dieser Datei</translation>
    </message>
    <message>
        <source>✓ {id} is at {path}{more}</source>
        <translation>✓ {id} ist in {path}{more}</translation>
    </message>
    <message>
        <source>Add those that you want: workbench add ADDRESS …</source>
        <translation>Fügen Sie hinzu, welche Sie möchten: workbench add ADDRESS …</translation>
    </message>
    <message>
        <source>, page {page}</source>
        <translation>, Seite {page}</translation>
    </message>
    <message>
        <source> (counted from the date at its head)</source>
        <translation> (gezählt vom Datum darüber)</translation>
    </message>
    <message>
        <source> (year of the date before it)</source>
        <translation> (Jahr des Datums davor)</translation>
    </message>
    <message>
        <source> (about)</source>
        <translation> (etwa)</translation>
    </message>
    <message>
        <source> (before)</source>
        <translation> (davor)</translation>
    </message>
    <message>
        <source> (after)</source>
        <translation> (danach)</translation>
    </message>
    <message>
        <source> (by then)</source>
        <translation> (bis dahin)</translation>
    </message>
    <message>
        <source> (old style)</source>
        <translation> (alter Stil)</translation>
    </message>
    <message>
        <source> (day or month first)</source>
        <translation> (Tag oder Monat zuerst)</translation>
    </message>
    <message>
        <source> · no longer in the text</source>
        <translation> · nicht mehr im Text</translation>
    </message>
    <message>
        <source>not found in the library</source>
        <translation>in der Bibliothek nicht gefunden</translation>
    </message>
    <message>
        <source>  · p. {page}</source>
        <translation>  · S. {page}</translation>
    </message>
    <message>
        <source>, {missing:,} not found in the library</source>
        <translation>, {missing:,} nicht in der Bibliothek gefunden</translation>
    </message>
    <message>
        <source>{path}: {new:,} new, {known:,} there already{lost}.</source>
        <translation>{path}: {new:,} neu, {known:,} schon da{lost}.</translation>
    </message>
    <message>
        <source>{read_in}: {read}; changed here: {changed}; written: {written}.</source>
        <translation>{read_in}: {read}; hier geändert: {changed}; geschrieben: {written}.</translation>
    </message>
    <message>
        <source>– {title}  · its pages are pictures; their words are read while the window is open, or when you add it again</source>
        <translation>– {title}  · die Seiten sind Bilder; ihre Wörter werden gelesen, während das Fenster offen ist oder wenn Sie die Datei wieder hinzufügen</translation>
    </message>
    <message>
        <source>  The earlier version is source {former}; see add --replace.</source>
        <translation>  Die frühere Fassung ist Quelle {former}; siehe add --replace.</translation>
    </message>
    <message>
        <source>If a file has moved, say where it is now with: workbench locate ID PATH</source>
        <translation>Wurde eine Datei verschoben, geben Sie an, wo sie jetzt ist: workbench locate ID PATH</translation>
    </message>
    <message>
        <source>Note     {notice}</source>
        <translation>Hinweis  {notice}</translation>
    </message>
    <message>
        <source>Nothing was sent. Add --send to ask this address.</source>
        <translation>Es wurde nichts gesendet. Mit --send wird diese Adresse gefragt.</translation>
    </message>
    <message>
        <source>  and {triples} triples, with {links} links that nothing else says; {kept} links stay, since other sources say them, too</source>
        <translation>  und {triples} Tripel mit {links} Verknüpfungen, die sonst nichts belegt; {kept} Verknüpfungen bleiben, weil auch andere Quellen sie belegen</translation>
    </message>
    <message>
        <source>  and what {questions} saved answers quote of it</source>
        <translation>  und was {questions} gespeicherte Antworten daraus zitieren</translation>
    </message>
    <message>
        <source>  and the tags {tags}</source>
        <translation>  und die Schlagwörter {tags}</translation>
    </message>
    <message>
        <source>  Kept: the original {path}</source>
        <translation>  Bleibt: das Original {path}</translation>
    </message>
    <message>
        <source>  Kept: the collection {name}</source>
        <translation>  Bleibt: die Sammlung {name}</translation>
    </message>
    <message>
        <source>  Kept: the backup {path}, which contains the text</source>
        <translation>  Bleibt: die Sicherung {path}, die den Text enthält</translation>
    </message>
    <message>
        <source>Deleted permanently.</source>
        <translation>Endgültig gelöscht.</translation>
    </message>
    <message>
        <source>Nothing was deleted yet. To delete it permanently, add --yes.</source>
        <translation>Noch ist nichts gelöscht. Mit --yes wird es endgültig gelöscht.</translation>
    </message>
    <message>
        <source>Another program is reading the library: the last of the text leaves its log when that program closes it.</source>
        <translation>Ein anderes Programm liest die Bibliothek: Der letzte Rest des Textes verlässt das Protokoll, wenn dieses Programm sie schließt.</translation>
    </message>
    <message>
        <source>{more} more: go on with --first {first}.</source>
        <translation>{more} weitere: Fahren Sie fort mit --first {first}.</translation>
    </message>
    <message>
        <source>Set to: {state}.</source>
        <translation>Stand: {state}.</translation>
    </message>
    <message>
        <source>Settle it with: workbench differences settle {first} {second} settled|dismissed</source>
        <translation>Klären mit: workbench differences settle {first} {second} settled|dismissed</translation>
    </message>
    <message>
        <source>No dates were found. Add a source that gives days, months or years, or ask with: workbench ask "When …?"</source>
        <translation>Keine Daten gefunden. Fügen Sie eine Quelle hinzu, die Tage, Monate oder Jahre nennt, oder fragen Sie mit: workbench ask "Wann …?"</translation>
    </message>
    <message>
        <source>Without a year, or of another calendar: {dates}.</source>
        <translation>Ohne Jahr oder aus einem anderen Kalender: {dates}.</translation>
    </message>
    <message>
        <source>Add sources with: workbench tables change "{name}" --add-sources NUMBER</source>
        <translation>Fügen Sie Quellen hinzu mit: workbench tables change "{name}" --add-sources NUMMER</translation>
    </message>
    <message>
        <source>Add questions with: workbench tables change "{name}" --add QUESTION</source>
        <translation>Fügen Sie Fragen hinzu mit: workbench tables change "{name}" --add FRAGE</translation>
    </message>
    <message>
        <source>Fill it with: workbench tables fill "{name}"</source>
        <translation>Füllen Sie sie mit: workbench tables fill "{name}"</translation>
    </message>
    <message>
        <source>{path} was changed on both sides. There: {file} Here: {library} Choose with --keep file or --keep library.</source>
        <translation>{path} wurde auf beiden Seiten geändert. Dort: {file} Hier: {library} Wählen Sie mit --keep file oder --keep library.</translation>
    </message>
    <message>
        <source>{path} is gone; its statement is still here. --keep library writes it again.</source>
        <translation>{path} fehlt; die Aussage ist noch hier. --keep library schreibt die Datei wieder.</translation>
    </message>
    <message>
        <source>{path} has a statement that is forgotten here. --keep file tells it again.</source>
        <translation>{path} enthält eine Aussage, die hier vergessen wurde. --keep file merkt sie wieder.</translation>
    </message>
    <message>
        <source>  · already in the library; this place was noted</source>
        <translation>  · schon in der Bibliothek; dieser Ort wurde vermerkt</translation>
    </message>
    <message>
        <source>  · restored from the trash</source>
        <translation>  · aus dem Papierkorb zurückgeholt</translation>
    </message>
    <message>
        <source>In</source>
        <translation>In</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Verlag</translation>
    </message>
    <message>
        <source>Indexed</source>
        <translation>Indiziert</translation>
    </message>
    <message>
        <source>Cites</source>
        <translation>Zitiert</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>With</source>
        <translation>Mit</translation>
    </message>
    <message>
        <source>Fetched</source>
        <translation>Geholt</translation>
    </message>
    <message>
        <source>Listed</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>There may be more: go on with --first {first}.</source>
        <translation>Vielleicht gibt es weitere: Fahren Sie fort mit --first {first}.</translation>
    </message>
    <message>
        <source>not stated</source>
        <translation>nicht genannt</translation>
    </message>
    <message>
        <source> (uncertain)</source>
        <translation> (unsicher)</translation>
    </message>
    <message>
        <source> (corrected)</source>
        <translation> (berichtigt)</translation>
    </message>
    <message>
        <source>  · read again</source>
        <translation>  · noch einmal gelesen</translation>
    </message>
    <message>
        <source>%d %B %Y, %H:%M</source>
        <translation>%d.%m.%Y, %H:%M</translation>
    </message>
    <message>
        <source>{count} works</source>
        <translation>{count} Werke</translation>
    </message>
    <message>
        <source>Would be read</source>
        <translation>Gelesen würden</translation>
    </message>
    <message>
        <source>✓ Read</source>
        <translation>✓ Gelesen</translation>
    </message>
    <message>
        <source>no tags</source>
        <translation>keine Schlagwörter</translation>
    </message>
    <message>
        <source>, in the trash</source>
        <translation>, im Papierkorb</translation>
    </message>
    <message>
        <source>strength {strength:.3g} of 8, recalled {times}</source>
        <translation>Stärke {strength:.3g} von 8, {times} abgerufen</translation>
    </message>
    <message>
        <source>short-term; a sleep decides what is kept for long</source>
        <translation>Kurzzeit; ein Schlaf entscheidet, was lange behalten wird</translation>
    </message>
    <message>
        <source>{confidence:.0%} sure that the first answers</source>
        <translation>zu {confidence:.0%} sicher, dass das Erste antwortet</translation>
    </message>
    <message>
        <source>{strength:.3g} of {cap:g}</source>
        <translation>{strength:.3g} von {cap:g}</translation>
    </message>
    <message>
        <source>never used</source>
        <translation>nie verwendet</translation>
    </message>
    <message>
        <source>of your own</source>
        <translation>von Ihnen</translation>
    </message>
    <message>
        <source>after {topic}, {times} times</source>
        <translation>nach {topic}, {times}-mal</translation>
    </message>
    <message>
        <source> · replaced</source>
        <translation> · ersetzt</translation>
    </message>
    <message>
        <source> · expired</source>
        <translation> · abgelaufen</translation>
    </message>
    <message>
        <source> · archived</source>
        <translation> · archiviert</translation>
    </message>
    <message>
        <source> · priority {priority}</source>
        <translation> · Priorität {priority}</translation>
    </message>
    <message>
        <source>See more with: workbench info {id}</source>
        <translation>Mehr zeigt: workbench info {id}</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>an episode</source>
        <translation>ein Erlebnis</translation>
    </message>
    <message>
        <source>knowledge</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <source>a question, which `workbench value` answers</source>
        <translation>eine Frage, die `workbench value` beantwortet</translation>
    </message>
    <message>
        <source>it says nothing</source>
        <translation>es sagt nichts</translation>
    </message>
    <message>
        <source> and {notes}</source>
        <translation> und {notes}</translation>
    </message>
    <message>
        <source>✓ Forgotten: {facts}{notes}; {remaining} left.</source>
        <translation>✓ Vergessen: {facts}{notes}; {remaining} übrig.</translation>
    </message>
    <message>
        <source>✓ Forgotten: {forgotten} of {all}.</source>
        <translation>✓ Vergessen: {forgotten} von {all}.</translation>
    </message>
    <message>
        <source>“{text}” · </source>
        <translation>„{text}“ · </translation>
    </message>
    <message>
        <source>{confidence:.0%} sure</source>
        <translation>zu {confidence:.0%} sicher</translation>
    </message>
    <message>
        <source> · p. {page}</source>
        <translation> · S. {page}</translation>
    </message>
    <message>
        <source>; {dropped} left out</source>
        <translation>; {dropped} weggelassen</translation>
    </message>
    <message>
        <source>{items} memories, about {tokens} tokens{left}.</source>
        <translation>{items} Notizen, etwa {tokens} Tokens{left}.</translation>
    </message>
    <message>
        <source>✓ Strengthened: {facts}; the strongest is at {strength:.3g} of 8.</source>
        <translation>✓ Gestärkt: {facts}; die stärkste Aussage steht bei {strength:.3g} von 8.</translation>
    </message>
    <message>
        <source>{date}, used {times}</source>
        <translation>{date}, verwendet: {times}</translation>
    </message>
    <message>
        <source>about </source>
        <translation>etwa </translation>
    </message>
    <message>
        <source>Keep one with: workbench reinforce ID · let it go with: workbench let-go ID</source>
        <translation>Eine behalten mit: workbench reinforce ID · loslassen mit: workbench let-go ID</translation>
    </message>
    <message>
        <source>for {hours:.2g} hours yet</source>
        <translation>noch {hours:.2g} Stunden</translation>
    </message>
    <message>
        <source>reviewed {times}</source>
        <translation>wiederholt: {times}</translation>
    </message>
    <message>
        <source>ended {days} days ago</source>
        <translation>seit {days} Tagen beendet</translation>
    </message>
    <message>
        <source>✓ Started: {project}.</source>
        <translation>✓ Begonnen: {project}.</translation>
    </message>
    <message>
        <source>, hardened</source>
        <translation>, gefestigt</translation>
    </message>
    <message>
        <source>in “{collection}”</source>
        <translation>in „{collection}“</translation>
    </message>
    <message>
        <source>Also said about the same:</source>
        <translation>Auch dazu gesagt:</translation>
    </message>
    <message>
        <source>expired on {day}</source>
        <translation>abgelaufen am {day}</translation>
    </message>
    <message>
        <source>kind:</source>
        <translation>Art:</translation>
    </message>
    <message>
        <source>priority:</source>
        <translation>Priorität:</translation>
    </message>
    <message>
        <source>tags:</source>
        <translation>Schlagwörter:</translation>
    </message>
    <message>
        <source>projects:</source>
        <translation>Projekte:</translation>
    </message>
    <message>
        <source>said by:</source>
        <translation>gesagt von:</translation>
    </message>
    <message>
        <source>trust:</source>
        <translation>Vertrauen:</translation>
    </message>
    <message>
        <source>saved:</source>
        <translation>gespeichert:</translation>
    </message>
    <message>
        <source>true since:</source>
        <translation>gilt seit:</translation>
    </message>
    <message>
        <source>counts:</source>
        <translation>zählt:</translation>
    </message>
    <message>
        <source>expires:</source>
        <translation>läuft ab:</translation>
    </message>
    <message>
        <source>pinned:</source>
        <translation>angeheftet:</translation>
    </message>
    <message>
        <source>archived:</source>
        <translation>archiviert:</translation>
    </message>
    <message>
        <source>strength:</source>
        <translation>Stärke:</translation>
    </message>
    <message>
        <source>{strength:.3g} of 8, recalled {times}</source>
        <translation>{strength:.3g} von 8, {times} abgerufen</translation>
    </message>
    <message>
        <source>stage:</source>
        <translation>Stufe:</translation>
    </message>
    <message>
        <source>memory:</source>
        <translation>Gedächtnis:</translation>
    </message>
    <message>
        <source>review:</source>
        <translation>Wiederholung:</translation>
    </message>
    <message>
        <source>Not saved: “{text}” ({reason}).</source>
        <translation>Nicht gespeichert: „{text}“ ({reason}).</translation>
    </message>
    <message>
        <source>✓ Remembered: {count}.</source>
        <translation>✓ Gemerkt: {count}.</translation>
    </message>
    <message>
        <source>✓ Already known: {count}.</source>
        <translation>✓ Schon bekannt: {count}.</translation>
    </message>
    <message>
        <source>The collection is full: {facts} of the oldest removed. Make room with: workbench stats --keep N</source>
        <translation>Die Sammlung ist voll: {facts}, die ältesten, sind entfernt. Platz schafft: workbench stats --keep N</translation>
    </message>
    <message>
        <source>Refused: “{text}” ({reason}).</source>
        <translation>Abgelehnt: „{text}“ ({reason}).</translation>
    </message>
    <message>
        <source>Save it anyway with: workbench remember TEXT</source>
        <translation>Trotzdem speichern mit: workbench remember TEXT</translation>
    </message>
    <message>
        <source>Another program is reading the library: what is left of them leaves its log when that program closes it.</source>
        <translation>Ein anderes Programm liest die Bibliothek: Was davon übrig ist, verlässt das Protokoll, wenn dieses Programm sie schließt.</translation>
    </message>
    <message>
        <source>older</source>
        <translation>älter</translation>
    </message>
    <message>
        <source>newer</source>
        <translation>neuer</translation>
    </message>
    <message>
        <source>Settled: {state}.</source>
        <translation>Gelöst: {state}.</translation>
    </message>
    <message>
        <source>The newer one counts. Resolve it with: workbench resolve {older} {newer} --keep newer|older|both</source>
        <translation>Die neuere zählt. Lösen Sie den Widerspruch mit: workbench resolve {older} {newer} --keep newer|older|both</translation>
    </message>
    <message>
        <source>from {names} · </source>
        <translation>von {names} · </translation>
    </message>
    <message>
        <source>But later</source>
        <translation>Doch später</translation>
    </message>
    <message>
        <source>Used more before</source>
        <translation>Früher öfter gebraucht</translation>
    </message>
    <message>
        <source>{before}: “{text}”</source>
        <translation>{before}: „{text}“</translation>
    </message>
    <message>
        <source>, from {title}</source>
        <translation>, aus {title}</translation>
    </message>
    <message>
        <source>, p. {page}</source>
        <translation>, S. {page}</translation>
    </message>
    <message>
        <source>, from {names}</source>
        <translation>, von {names}</translation>
    </message>
    <message>
        <source>{relation}: “{text}”{place}</source>
        <translation>{relation}: „{text}“{place}</translation>
    </message>
    <message>
        <source>No statement says “{relation}” of {name}. See what is known about it with: workbench recall "{name}"</source>
        <translation>Keine Aussage nennt „{relation}“ von {name}. Was darüber bekannt ist, zeigt: workbench recall "{name}"</translation>
    </message>
    <message>
        <source>told</source>
        <translation>gesagt</translation>
    </message>
    <message>
        <source>{memories} memories are not linked yet; only their words were found.</source>
        <translation>{memories} Notizen sind noch nicht verknüpft; nur ihre Wörter wurden gefunden.</translation>
    </message>
    <message>
        <source>says the same as {others} more: “{text}”</source>
        <translation>sagt dasselbe wie {others} weitere: „{text}“</translation>
    </message>
    <message>
        <source>faded: “{text}”</source>
        <translation>verblasst: „{text}“</translation>
    </message>
    <message>
        <source>Would merge {facts} and archive {archived} of {examined}.</source>
        <translation>Würde {facts} vereinen und {archived} von {examined} archivieren.</translation>
    </message>
    <message>
        <source>✓ Merged: {facts}; archived: {archived}.</source>
        <translation>✓ Vereint: {facts}; archiviert: {archived}.</translation>
    </message>
    <message>
        <source>Nothing is deleted. Undo it with: workbench consolidate --undo</source>
        <translation>Nichts ist gelöscht. Rückgängig machen mit: workbench consolidate --undo</translation>
    </message>
    <message>
        <source>Half of it is left on {date}</source>
        <translation>Die Hälfte davon bleibt am {date}</translation>
    </message>
    <message>
        <source>Laid aside archived: still found, ranked last among equals</source>
        <translation>Abgelegt   archiviert: wird weiter gefunden, unter Gleichen zuletzt</translation>
    </message>
    <message>
        <source>Nothing fades within {days:g} days.</source>
        <translation>Innerhalb von {days:g} Tagen verblasst nichts.</translation>
    </message>
    <message>
        <source>{items} of {about}{total}</source>
        <translation>{items} von {about}{total}</translation>
    </message>
    <message>
        <source>✓ Due again in {days:.3g} days, on {day}.</source>
        <translation>✓ Wieder fällig in {days:.3g} Tagen, am {day}.</translation>
    </message>
    <message>
        <source>✓ Removed from review.</source>
        <translation>✓ Wird nicht mehr wiederholt.</translation>
    </message>
    <message>
        <source>{days:.3g} days left</source>
        <translation>noch {days:.3g} Tage</translation>
    </message>
    <message>
        <source>  archived as well: {archived}</source>
        <translation>  außerdem archiviert: {archived}</translation>
    </message>
    <message>
        <source>  room for {capacity}; {dropped} of the oldest were removed</source>
        <translation>  Platz für {capacity}; {dropped} der ältesten wurden entfernt</translation>
    </message>
    <message>
        <source>  said by {name}: {count}</source>
        <translation>  gesagt von {name}: {count}</translation>
    </message>
    <message>
        <source>  first saved {first}, last saved {last}</source>
        <translation>  zuerst gespeichert am {first}, zuletzt am {last}</translation>
    </message>
    <message>
        <source>✓ Forgot which questions follow one another.</source>
        <translation>✓ Vergessen, welche Fragen aufeinander folgen.</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>✓ Learning which questions follow one another is {state}.</source>
        <translation>✓ Lernen, welche Fragen aufeinander folgen, ist {state}.</translation>
    </message>
    <message>
        <source>Purity {purity:g} of 100, {memories:,} memories.</source>
        <translation>Reinheit {purity:g} von 100, {memories:,} Notizen.</translation>
    </message>
    <message>
        <source> · pinned</source>
        <translation> · angeheftet</translation>
    </message>
    <message>
        <source>in {days:.3g} days, on {day}</source>
        <translation>in {days:.3g} Tagen, am {day}</translation>
    </message>
    <message>
        <source>replaced by a newer note</source>
        <translation>nein, durch eine neuere Notiz ersetzt</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>due {day}</source>
        <translation>am {day}</translation>
    </message>
    <message>
        <source>Bound together: “{concept}” {strength:.2f}</source>
        <translation>Zusammengehörig: „{concept}“ {strength:.2f}</translation>
    </message>
    <message>
        <source>Nothing mentions “{name}”.</source>
        <translation>Nichts erwähnt „{name}“.</translation>
    </message>
    <message>
        <source>Says</source>
        <translation>Sagt</translation>
    </message>
    <message>
        <source>Half-life</source>
        <translation>Halbwert</translation>
    </message>
    <message>
        <source>{days:.0f} days</source>
        <translation>{days:.0f} Tage</translation>
    </message>
    <message>
        <source>, pinned</source>
        <translation>, angeheftet</translation>
    </message>
    <message>
        <source>{done} of {total} ready</source>
        <translation>{done} von {total} bereit</translation>
    </message>
    <message>
        <source>reading figures</source>
        <translation>Abbildungen werden gelesen</translation>
    </message>
    <message>
        <source>exit status:
  0    done
  1    done, and the answer is no: nothing found, or not sound
  2    wrong usage
  3    an input could not be used
  4    the library is locked, full or damaged
  130  stopped by Ctrl+C
</source>
        <translation>Rückgabewert:
  0    erledigt
  1    erledigt, und die Antwort ist nein: nichts gefunden oder nicht unversehrt
  2    falsch aufgerufen
  3    eine Eingabe war nicht zu gebrauchen
  4    die Bibliothek ist gesperrt, voll oder beschädigt
  130  mit Strg+C beendet
</translation>
    </message>
    <message>
        <source>global options</source>
        <translation>Optionen aller Befehle</translation>
    </message>
    <message>
        <source>the library to use</source>
        <translation>die Bibliothek, um die es geht</translation>
    </message>
    <message>
        <source>print JSON for scripts</source>
        <translation>JSON für Skripte ausgeben</translation>
    </message>
    <message>
        <source>no progress, no remarks</source>
        <translation>kein Fortschritt, keine Anmerkungen</translation>
    </message>
    <message>
        <source>Reads your books and papers and answers questions with citations. Without a command it opens the window; files, links and a .brain file named instead of a command are opened in it. A command is also the verb of a group, `remember` that of `facts tell`: `workbench facts` lists those of facts, and so do collections, differences, graph, memory, notes, queue, sources, tables, timeline and versions.</source>
        <translation>Liest Ihre Bücher und Aufsätze und beantwortet Fragen mit Fundstellen. Ohne Befehl öffnet sich das Fenster; Dateien, Links und eine .brain-Datei, die statt eines Befehls genannt sind, werden darin geöffnet. Ein Befehl ist auch das Verb einer Gruppe, `remember` das von `facts tell`: `workbench facts` listet die von facts auf, ebenso collections, differences, graph, memory, notes, queue, sources, tables, timeline und versions.</translation>
    </message>
    <message>
        <source>print the manual page</source>
        <translation>die Handbuchseite ausgeben</translation>
    </message>
    <message>
        <source>Did you mean `{program} {command}`?</source>
        <translation>Meinten Sie `{program} {command}`?</translation>
    </message>
    <message>
        <source>See `{program} --help` for the usage.</source>
        <translation>Wie es geht, zeigt `{program} --help`.</translation>
    </message>
    <message>
        <source>usage: </source>
        <translation>Aufruf: </translation>
    </message>
    <message>
        <source>positional arguments</source>
        <translation>Argumente</translation>
    </message>
    <message>
        <source>options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>show this help message and exit</source>
        <translation>diese Hilfe zeigen</translation>
    </message>
    <message>
        <source>show program's version number and exit</source>
        <translation>die Version zeigen</translation>
    </message>
    <message>
        <source>expected one argument</source>
        <translation>ein Wert fehlt</translation>
    </message>
    <message>
        <source>not allowed with argument %s</source>
        <translation>verträgt sich nicht mit %s</translation>
    </message>
    <message>
        <source>one of the arguments %s is required</source>
        <translation>eines davon wird gebraucht: %s</translation>
    </message>
    <message>
        <source>There is no command “{0}”</source>
        <translation>Es gibt keinen Befehl „{0}“</translation>
    </message>
    <message>
        <source>“{1}” is no choice here; choose from {2}</source>
        <translation>„{1}“ steht hier nicht zur Wahl; möglich sind {2}</translation>
    </message>
    <message>
        <source>{0} must be a whole number, not “{1}”</source>
        <translation>{0} muss eine ganze Zahl sein, nicht „{1}“</translation>
    </message>
    <message>
        <source>{0} must be a number, not “{1}”</source>
        <translation>{0} muss eine Zahl sein, nicht „{1}“</translation>
    </message>
    <message>
        <source>This is missing: {0}</source>
        <translation>Es fehlt: {0}</translation>
    </message>
    <message>
        <source>There is no option or argument “{0}” here</source>
        <translation>Eine Option oder ein Argument „{0}“ gibt es hier nicht</translation>
    </message>
    <message>
        <source>Add files and web pages; returns when each is searchable.</source>
        <translation>Dateien und Webseiten hinzufügen; fertig, sobald alles durchsuchbar ist.</translation>
    </message>
    <message>
        <source>add them to this collection</source>
        <translation>zu dieser Sammlung hinzufügen</translation>
    </message>
    <message>
        <source>use this title</source>
        <translation>diesen Titel verwenden</translation>
    </message>
    <message>
        <source>read, searchable, verified, embedded (also by an embedding model) or linked</source>
        <translation>read (gelesen), searchable (durchsuchbar), verified (geprüft), embedded (auch vom Einbettungsmodell gelesen) oder linked (verknüpft)</translation>
    </message>
    <message>
        <source>videos: languages of captions, best first</source>
        <translation>Videos: Sprachen der Untertitel, die beste zuerst</translation>
    </message>
    <message>
        <source>videos without captions: download the sound and transcribe it</source>
        <translation>Videos ohne Untertitel: den Ton herunterladen und verschriften</translation>
    </message>
    <message>
        <source>the first line is the password of the PDFs; it is stored nowhere</source>
        <translation>die erste Zeile ist das Passwort der PDFs; es wird nirgends gespeichert</translation>
    </message>
    <message>
        <source>say how long each stage took</source>
        <translation>angeben, wie lange jeder Schritt gedauert hat</translation>
    </message>
    <message>
        <source>replace the earlier version of a changed file</source>
        <translation>die frühere Fassung einer geänderten Datei ersetzen</translation>
    </message>
    <message>
        <source>read on the workers of this Dask scheduler, such as tls://host:8786</source>
        <translation>auf den Workern dieses Dask-Schedulers lesen, etwa tls://host:8786</translation>
    </message>
    <message>
        <source>Ask a question; the answer is quotes with citations.</source>
        <translation>Eine Frage stellen; die Antwort besteht aus Zitaten mit Fundstellen.</translation>
    </message>
    <message>
        <source>lines of {id, question, collection?, sources?, conversation?, about?}</source>
        <translation>Zeilen der Form {id, question, collection?, sources?, conversation?, about?}</translation>
    </message>
    <message>
        <source>save the answer in this conversation; follow-ups refer to earlier questions</source>
        <translation>die Antwort in diesem Gespräch speichern; Folgefragen beziehen sich auf frühere Fragen</translation>
    </message>
    <message>
        <source>the subject of a follow-up question</source>
        <translation>worum es in einer Folgefrage geht</translation>
    </message>
    <message>
        <source>search only this collection</source>
        <translation>nur in dieser Sammlung suchen</translation>
    </message>
    <message>
        <source>search only this source (repeatable)</source>
        <translation>nur in dieser Quelle suchen (wiederholbar)</translation>
    </message>
    <message>
        <source>quotes at most (5)</source>
        <translation>höchstens so viele Zitate (5)</translation>
    </message>
    <message>
        <source>answer from what was known then</source>
        <translation>mit dem antworten, was damals bekannt war</translation>
    </message>
    <message>
        <source>never call a language model</source>
        <translation>nie ein Sprachmodell verwenden</translation>
    </message>
    <message>
        <source>print what a language model would be sent, and send nothing</source>
        <translation>ausgeben, was einem Sprachmodell gesendet würde, und nichts senden</translation>
    </message>
    <message>
        <source>with --batch: also write answers with the chosen model</source>
        <translation>mit --batch: Antworten auch vom gewählten Modell schreiben lassen</translation>
    </message>
    <message>
        <source>save question and answer; `answers` lists them</source>
        <translation>Frage und Antwort speichern; `answers` listet sie auf</translation>
    </message>
    <message>
        <source>add what the spiking brain associates with it</source>
        <translation>ergänzen, was das simulierte Gehirn damit verbindet</translation>
    </message>
    <message>
        <source>show why each quote was found</source>
        <translation>zeigen, warum jedes Zitat gefunden wurde</translation>
    </message>
    <message>
        <source>how far to follow what statements have in common</source>
        <translation>wie weit Gemeinsamkeiten von Aussagen verfolgt werden</translation>
    </message>
    <message>
        <source>ask the sample book, not your library</source>
        <translation>das Beispielbuch fragen, nicht Ihre Bibliothek</translation>
    </message>
    <message>
        <source>The limit must be 1 or more.</source>
        <translation>Die Anzahl muss mindestens 1 sein.</translation>
    </message>
    <message>
        <source>Leave --limit out for five quotes.</source>
        <translation>Lassen Sie --limit für fünf Zitate weg.</translation>
    </message>
    <message>
        <source>Give either a question or --batch FILE.jsonl.</source>
        <translation>Geben Sie entweder eine Frage oder --batch FILE.jsonl an.</translation>
    </message>
    <message>
        <source>See `workbench ask -h`.</source>
        <translation>Siehe `workbench ask -h`.</translation>
    </message>
    <message>
        <source>--source searches only sources, --depth only statements.</source>
        <translation>--source sucht nur in Quellen, --depth nur in Aussagen.</translation>
    </message>
    <message>
        <source>Leave one of them out.</source>
        <translation>Lassen Sie eines davon weg.</translation>
    </message>
    <message>
        <source>List, show, export or forget saved answers.</source>
        <translation>Gespeicherte Antworten auflisten, zeigen, exportieren oder vergessen.</translation>
    </message>
    <message>
        <source>only those that contain these words</source>
        <translation>nur die, in denen diese Wörter vorkommen</translation>
    </message>
    <message>
        <source>only questions asked in this collection</source>
        <translation>nur Fragen, die in dieser Sammlung gestellt wurden</translation>
    </message>
    <message>
        <source>questions at most (50)</source>
        <translation>höchstens so viele Fragen (50)</translation>
    </message>
    <message>
        <source>show one with its evidence</source>
        <translation>eine mit ihren Belegen zeigen</translation>
    </message>
    <message>
        <source>export one with its references</source>
        <translation>eine mit ihren Literaturangaben exportieren</translation>
    </message>
    <message>
        <source>export the whole thread of it</source>
        <translation>ihr ganzes Gespräch exportieren</translation>
    </message>
    <message>
        <source>how; by the ending of the file if absent, else markdown</source>
        <translation>das Format; ohne Angabe nach der Endung der Datei, sonst markdown</translation>
    </message>
    <message>
        <source>cite by this style; see `cite`</source>
        <translation>in diesem Stil zitieren; siehe `cite`</translation>
    </message>
    <message>
        <source>where to write it; standard output if absent</source>
        <translation>wohin geschrieben wird; ohne Angabe auf die Standardausgabe</translation>
    </message>
    <message>
        <source>forget this answer</source>
        <translation>diese Antwort vergessen</translation>
    </message>
    <message>
        <source>forget every question</source>
        <translation>alle Fragen vergessen</translation>
    </message>
    <message>
        <source>An answer cannot be forgotten and shown at the same time.</source>
        <translation>Eine Antwort kann nicht zugleich vergessen und gezeigt werden.</translation>
    </message>
    <message>
        <source>Give --forget alone.</source>
        <translation>Geben Sie --forget allein an.</translation>
    </message>
    <message>
        <source>Forgot {count}.</source>
        <translation>{count} vergessen.</translation>
    </message>
    <message>
        <source>There is no saved answer with this number.</source>
        <translation>Es gibt keine gespeicherte Antwort mit dieser Nummer.</translation>
    </message>
    <message>
        <source>Have a language model write a study of sources, each sentence with its place.</source>
        <translation>Ein Sprachmodell über Quellen schreiben lassen, jeder Satz mit seiner Stelle.</translation>
    </message>
    <message>
        <source>numbers of sources</source>
        <translation>Nummern von Quellen</translation>
    </message>
    <message>
        <source>of this collection</source>
        <translation>aus dieser Sammlung</translation>
    </message>
    <message>
        <source>with the kind “question”: what is asked</source>
        <translation>mit der Art „question“: was gefragt wird</translation>
    </message>
    <message>
        <source>questions: make a card of each</source>
        <translation>questions: aus jeder eine Karte machen</translation>
    </message>
    <message>
        <source>Cite sources by a style, or print them as references.</source>
        <translation>Quellen in einem Stil zitieren oder als Literaturangaben ausgeben.</translation>
    </message>
    <message>
        <source>all sources if absent</source>
        <translation>ohne Angabe alle Quellen</translation>
    </message>
    <message>
        <source>the sources of this collection</source>
        <translation>die Quellen dieser Sammlung</translation>
    </message>
    <message>
        <source>a name of --styles or a .csl file (apa)</source>
        <translation>ein Name aus --styles oder eine .csl-Datei (apa)</translation>
    </message>
    <message>
        <source>the page cited, of one source</source>
        <translation>die zitierte Seite, bei einer einzigen Quelle</translation>
    </message>
    <message>
        <source>print the list of references alone</source>
        <translation>nur das Literaturverzeichnis ausgeben</translation>
    </message>
    <message>
        <source>print them in this form instead</source>
        <translation>stattdessen in diesem Format ausgeben</translation>
    </message>
    <message>
        <source>list the styles that come along</source>
        <translation>die mitgelieferten Stile auflisten</translation>
    </message>
    <message>
        <source>List sources, collections, tags, statements or concepts.</source>
        <translation>Quellen, Sammlungen, Schlagwörter, Aussagen oder Begriffe auflisten.</translation>
    </message>
    <message>
        <source>memories are statements and notes</source>
        <translation>„memories“ sind Aussagen und Notizen</translation>
    </message>
    <message>
        <source>what will have faded within this many days (7)</source>
        <translation>was innerhalb so vieler Tage verblasst (7)</translation>
    </message>
    <message>
        <source>only this collection</source>
        <translation>nur diese Sammlung</translation>
    </message>
    <message>
        <source>only statements of this kind, concepts of this type</source>
        <translation>nur Aussagen dieser Art, Begriffe dieses Typs</translation>
    </message>
    <message>
        <source>only sources with this tag</source>
        <translation>nur Quellen mit diesem Schlagwort</translation>
    </message>
    <message>
        <source>sources in the trash</source>
        <translation>Quellen im Papierkorb</translation>
    </message>
    <message>
        <source>only sources whose original file is missing</source>
        <translation>nur Quellen, deren Originaldatei fehlt</translation>
    </message>
    <message>
        <source>Concepts have no tags and no original files.</source>
        <translation>Begriffe haben weder Schlagwörter noch Originaldateien.</translation>
    </message>
    <message>
        <source>Write: workbench list concepts --kind T</source>
        <translation>Schreiben Sie: workbench list concepts --kind T</translation>
    </message>
    <message>
        <source>Only statements and concepts have a kind.</source>
        <translation>Nur Aussagen und Begriffe haben eine Art.</translation>
    </message>
    <message>
        <source>Write: workbench list memories --kind K</source>
        <translation>Schreiben Sie: workbench list memories --kind K</translation>
    </message>
    <message>
        <source>Nothing yet. Save a statement with: workbench remember TEXT</source>
        <translation>Noch nichts. Eine Aussage speichern Sie mit: workbench remember TEXT</translation>
    </message>
    <message>
        <source>No concepts yet. They come from your sources and notes.</source>
        <translation>Noch keine Begriffe. Sie kommen aus Ihren Quellen und Notizen.</translation>
    </message>
    <message>
        <source>Nothing yet. Add something with: workbench add FILE</source>
        <translation>Noch nichts. Fügen Sie etwas hinzu mit: workbench add FILE</translation>
    </message>
    <message>
        <source>Show one source with its indexed text, or one statement.</source>
        <translation>Eine Quelle mit ihrem indizierten Text oder eine Aussage zeigen.</translation>
    </message>
    <message>
        <source>ID of a statement, a note or a sentence</source>
        <translation>Nummer einer Aussage, einer Notiz oder eines Satzes</translation>
    </message>
    <message>
        <source>print every passage as indexed</source>
        <translation>alle Stellen so ausgeben, wie sie indiziert sind</translation>
    </message>
    <message>
        <source>Correct the title, authors, year and other details of sources.</source>
        <translation>Titel, Autoren, Jahr und weitere Angaben von Quellen berichtigen.</translation>
    </message>
    <message>
        <source>the title</source>
        <translation>der Titel</translation>
    </message>
    <message>
        <source>an author, as “Family, Given”; all of them, in order</source>
        <translation>ein Autor, als „Nachname, Vorname“; alle, der Reihe nach</translation>
    </message>
    <message>
        <source>an editor; all of them, in order</source>
        <translation>ein Herausgeber; alle, der Reihe nach</translation>
    </message>
    <message>
        <source>the year it came out, or the day: 2024-04-12</source>
        <translation>das Jahr, in dem sie erschien, oder der Tag: 2024-04-12</translation>
    </message>
    <message>
        <source>article-journal, book, chapter, report, thesis, webpage, …</source>
        <translation>article-journal, book, chapter, report, thesis, webpage, …</translation>
    </message>
    <message>
        <source>its language, such as en</source>
        <translation>ihre Sprache, etwa en</translation>
    </message>
    <message>
        <source>the journal, book or series it came out in</source>
        <translation>die Zeitschrift, das Buch oder die Reihe, in der sie erschien</translation>
    </message>
    <message>
        <source>the publisher</source>
        <translation>der Verlag</translation>
    </message>
    <message>
        <source>the volume</source>
        <translation>der Band</translation>
    </message>
    <message>
        <source>the issue</source>
        <translation>das Heft</translation>
    </message>
    <message>
        <source>the pages, such as 211–219</source>
        <translation>die Seiten, etwa 211–219</translation>
    </message>
    <message>
        <source>the DOI</source>
        <translation>die DOI</translation>
    </message>
    <message>
        <source>the ISBN</source>
        <translation>die ISBN</translation>
    </message>
    <message>
        <source>the address</source>
        <translation>die Adresse</translation>
    </message>
    <message>
        <source>the citation key</source>
        <translation>der Zitierschlüssel</translation>
    </message>
    <message>
        <source>no: count it apart from the same work in another format</source>
        <translation>no: getrennt von demselben Werk in anderem Format zählen</translation>
    </message>
    <message>
        <source>set all of them back to what was read</source>
        <translation>alle auf das zurücksetzen, was gelesen wurde</translation>
    </message>
    <message>
        <source>Look up a work in a public catalogue by its DOI, arXiv number or ISBN.</source>
        <translation>Ein Werk nach DOI, arXiv-Nummer oder ISBN in einem öffentlichen Katalog nachschlagen.</translation>
    </message>
    <message>
        <source>make the request; without it, only its address is shown</source>
        <translation>die Anfrage stellen; sonst wird nur ihre Adresse gezeigt</translation>
    </message>
    <message>
        <source>Move sources to the trash; `restore` brings them back.</source>
        <translation>Quellen in den Papierkorb legen; `restore` holt sie zurück.</translation>
    </message>
    <message>
        <source>show what would be deleted permanently; --yes does it</source>
        <translation>zeigen, was endgültig gelöscht würde; --yes tut es</translation>
    </message>
    <message>
        <source>delete permanently without asking</source>
        <translation>endgültig löschen, ohne nachzufragen</translation>
    </message>
    <message>
        <source>--yes goes with --for-good.</source>
        <translation>--yes gehört zu --for-good.</translation>
    </message>
    <message>
        <source>Moving to the trash needs no confirmation: `restore` undoes it.</source>
        <translation>Für den Papierkorb ist keine Bestätigung nötig: `restore` macht es rückgängig.</translation>
    </message>
    <message>
        <source>In the trash; restore with: workbench restore {ids}</source>
        <translation>Im Papierkorb; zurückholen mit: workbench restore {ids}</translation>
    </message>
    <message>
        <source>Restore sources from the trash.</source>
        <translation>Quellen aus dem Papierkorb zurückholen.</translation>
    </message>
    <message>
        <source>Back in the library: {ids}</source>
        <translation>Wieder in der Bibliothek: {ids}</translation>
    </message>
    <message>
        <source>Add a tag to sources, or remove it.</source>
        <translation>Quellen ein Schlagwort geben oder nehmen.</translation>
    </message>
    <message>
        <source>remove the tag</source>
        <translation>das Schlagwort entfernen</translation>
    </message>
    <message>
        <source>Save the statements of a text; say what was not saved.</source>
        <translation>Die Aussagen eines Textes speichern und nennen, was nicht gespeichert wurde.</translation>
    </message>
    <message>
        <source>in this collection instead of the library's own facts</source>
        <translation>in dieser Sammlung statt bei den eigenen Fakten der Bibliothek</translation>
    </message>
    <message>
        <source>who said it</source>
        <translation>wer es gesagt hat</translation>
    </message>
    <message>
        <source>since when it is true, such as 2026-07-01</source>
        <translation>seit wann es gilt, etwa 2026-07-01</translation>
    </message>
    <message>
        <source>undo everything else this source said</source>
        <translation>alles andere zurücknehmen, was diese Quelle gesagt hat</translation>
    </message>
    <message>
        <source>how much it matters</source>
        <translation>wie wichtig es ist</translation>
    </message>
    <message>
        <source>until when it is valid</source>
        <translation>bis wann es gilt</translation>
    </message>
    <message>
        <source>save it as a habit, named by this</source>
        <translation>als Gewohnheit unter diesem Namen speichern</translation>
    </message>
    <message>
        <source>fact, user, decision, preference, todo, …</source>
        <translation>fact, user, decision, preference, todo, …</translation>
    </message>
    <message>
        <source>add this tag</source>
        <translation>dieses Schlagwort hinzufügen</translation>
    </message>
    <message>
        <source>how much to trust it</source>
        <translation>wie weit man ihm vertrauen kann</translation>
    </message>
    <message>
        <source>assign it to this project, too</source>
        <translation>auch diesem Projekt zuordnen</translation>
    </message>
    <message>
        <source>There was nothing to remember in it.</source>
        <translation>Darin war nichts, was man sich merken könnte.</translation>
    </message>
    <message>
        <source>Write a statement, such as “my plan is pro”.</source>
        <translation>Schreiben Sie eine Aussage wie „my plan is pro“.</translation>
    </message>
    <message>
        <source>Handle a line of conversation: save statements, answer, calculate.</source>
        <translation>Eine Zeile Gespräch bearbeiten: Aussagen speichern, antworten, rechnen.</translation>
    </message>
    <message>
        <source>Answer a question with the value from a statement.</source>
        <translation>Eine Frage mit dem Wert aus einer Aussage beantworten.</translation>
    </message>
    <message>
        <source>answer as of then</source>
        <translation>nach dem damaligen Stand antworten</translation>
    </message>
    <message>
        <source>What do you want to know?</source>
        <translation>Was möchten Sie wissen?</translation>
    </message>
    <message>
        <source>Ask in a few words.</source>
        <translation>Fragen Sie in ein paar Wörtern.</translation>
    </message>
    <message>
        <source>Show the statements that match a cue.</source>
        <translation>Die Aussagen zeigen, die zu einem Stichwort passen.</translation>
    </message>
    <message>
        <source>statements at most (5)</source>
        <translation>höchstens so viele Aussagen (5)</translation>
    </message>
    <message>
        <source>only this kind, such as todo, or a note's: instruction, …</source>
        <translation>nur diese Art, etwa todo oder die einer Notiz: instruction, …</translation>
    </message>
    <message>
        <source>0-10</source>
        <translation>0-10</translation>
    </message>
    <message>
        <source>also what has expired</source>
        <translation>auch Abgelaufenes</translation>
    </message>
    <message>
        <source>only this project</source>
        <translation>nur dieses Projekt</translation>
    </message>
    <message>
        <source>only with this tag</source>
        <translation>nur mit diesem Schlagwort</translation>
    </message>
    <message>
        <source>what was known at this time</source>
        <translation>was zu dieser Zeit bekannt war</translation>
    </message>
    <message>
        <source>also the collections inside it (C__name)</source>
        <translation>auch die Sammlungen darin (C__name)</translation>
    </message>
    <message>
        <source>show which concepts lead to each statement</source>
        <translation>zeigen, welche Begriffe zu jeder Aussage führen</translation>
    </message>
    <message>
        <source>how activation spreads</source>
        <translation>wie sich die Aktivierung ausbreitet</translation>
    </message>
    <message>
        <source>combine the results into one text</source>
        <translation>die Ergebnisse zu einem Text zusammenfassen</translation>
    </message>
    <message>
        <source>size of the context (1500)</source>
        <translation>Länge dieses Textes (1500)</translation>
    </message>
    <message>
        <source>learn nothing from this</source>
        <translation>nichts daraus lernen</translation>
    </message>
    <message>
        <source>What is it about?</source>
        <translation>Worum geht es?</translation>
    </message>
    <message>
        <source>Name a few words.</source>
        <translation>Nennen Sie ein paar Wörter.</translation>
    </message>
    <message>
        <source>{limit} is not a number of facts.</source>
        <translation>{limit} ist keine Anzahl von Fakten.</translation>
    </message>
    <message>
        <source>Ask for one or more.</source>
        <translation>Verlangen Sie mindestens eines.</translation>
    </message>
    <message>
        <source>These options do not work with --depth, --context or --strategy.</source>
        <translation>Diese Optionen vertragen sich nicht mit --depth, --context oder --strategy.</translation>
    </message>
    <message>
        <source>Leave --across, --kind, --min-priority, --project, --tag and --expired out.</source>
        <translation>Lassen Sie --across, --kind, --min-priority, --project, --tag und --expired weg.</translation>
    </message>
    <message>
        <source>--across finds statements of every kind.</source>
        <translation>--across findet Aussagen jeder Art.</translation>
    </message>
    <message>
        <source>Leave --across out.</source>
        <translation>Lassen Sie --across weg.</translation>
    </message>
    <message>
        <source>Nothing was found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
    <message>
        <source>Nothing is known about that.</source>
        <translation>Darüber ist nichts bekannt.</translation>
    </message>
    <message>
        <source>Show what was said about something over time.</source>
        <translation>Zeigen, was im Lauf der Zeit über etwas gesagt wurde.</translation>
    </message>
    <message>
        <source>until this date</source>
        <translation>bis zu diesem Datum</translation>
    </message>
    <message>
        <source>Permanently delete the statements that contain these whole words.</source>
        <translation>Aussagen, in denen diese ganzen Wörter vorkommen, endgültig löschen.</translation>
    </message>
    <message>
        <source>only what no other source says</source>
        <translation>nur, was keine andere Quelle sagt</translation>
    </message>
    <message>
        <source>every statement and note of the scope</source>
        <translation>alle Aussagen und Notizen des Bereichs</translation>
    </message>
    <message>
        <source>exactly this statement or note</source>
        <translation>genau diese Aussage oder Notiz</translation>
    </message>
    <message>
        <source>Give words or --all, not both.</source>
        <translation>Geben Sie entweder Wörter oder --all an.</translation>
    </message>
    <message>
        <source>--id already names one fact or note.</source>
        <translation>--id benennt bereits einen Fakt oder eine Notiz.</translation>
    </message>
    <message>
        <source>Leave out the words, --all and --source.</source>
        <translation>Lassen Sie die Wörter, --all und --source weg.</translation>
    </message>
    <message>
        <source>There is no such fact or note. See: workbench list memories</source>
        <translation>Es gibt keinen solchen Fakt und keine solche Notiz. Siehe: workbench list memories</translation>
    </message>
    <message>
        <source>Save a note: an instruction, stance, variable or a statement of some kind.</source>
        <translation>Eine Notiz speichern: Anweisung, Haltung, Variable oder eine Aussage irgendeiner Art.</translation>
    </message>
    <message>
        <source>instruction, stance, variable, fact, user, …</source>
        <translation>instruction, stance, variable, fact, user, …</translation>
    </message>
    <message>
        <source>in this collection instead of the library's own</source>
        <translation>in dieser Sammlung statt in der ganzen Bibliothek</translation>
    </message>
    <message>
        <source>List what you highlighted, or print it as a file.</source>
        <translation>Ihre Markierungen auflisten oder als Datei ausgeben.</translation>
    </message>
    <message>
        <source>only in this source</source>
        <translation>nur in dieser Quelle</translation>
    </message>
    <message>
        <source>Markdown, JSON by the W3C Web Annotation model, or a copy of the PDF with its notes</source>
        <translation>Markdown, JSON nach dem Web Annotation Model des W3C oder eine Kopie des PDFs mit seinen Notizen</translation>
    </message>
    <message>
        <source>write it to a new file</source>
        <translation>in eine neue Datei schreiben</translation>
    </message>
    <message>
        <source>take over those of a PDF, of Kindle's “My Clippings.txt”, of Readwise's CSV or KOReader's JSON</source>
        <translation>die eines PDFs, aus „My Clippings.txt“ von Kindle, aus CSV von Readwise oder JSON von KOReader übernehmen</translation>
    </message>
    <message>
        <source>with --from: only show them</source>
        <translation>mit --from: nur zeigen</translation>
    </message>
    <message>
        <source>Only what is taken over has a preview.</source>
        <translation>Eine Vorschau gibt es nur für das, was übernommen wird.</translation>
    </message>
    <message>
        <source>Say from which file: --from FILE</source>
        <translation>Sagen Sie, aus welcher Datei: --from FILE</translation>
    </message>
    <message>
        <source>A PDF cannot be printed here.</source>
        <translation>Ein PDF lässt sich hier nicht ausgeben.</translation>
    </message>
    <message>
        <source>Say where to write it: --to COPY.pdf</source>
        <translation>Geben Sie an, wohin es geschrieben wird: --to COPY.pdf</translation>
    </message>
    <message>
        <source>No highlights yet. Select words in the Reader to make one.</source>
        <translation>Noch keine Markierungen. Wählen Sie beim Lesen Wörter aus, um eine zu machen.</translation>
    </message>
    <message>
        <source>Set a variable, or print its text exactly as it was set.</source>
        <translation>Eine Variable setzen oder ihren Text genau so ausgeben, wie er gesetzt wurde.</translation>
    </message>
    <message>
        <source>A list takes no key.</source>
        <translation>Eine Liste braucht keinen Schlüssel.</translation>
    </message>
    <message>
        <source>Get one with: workbench var get KEY</source>
        <translation>Eine einzelne zeigt: workbench var get KEY</translation>
    </message>
    <message>
        <source>Which variable?</source>
        <translation>Welche Variable?</translation>
    </message>
    <message>
        <source>Name its key: workbench var {action} KEY</source>
        <translation>Nennen Sie ihren Schlüssel: workbench var {action} KEY</translation>
    </message>
    <message>
        <source>A variable is set to a value.</source>
        <translation>Eine Variable braucht einen Wert.</translation>
    </message>
    <message>
        <source>Write: workbench var set KEY VALUE</source>
        <translation>Schreiben Sie: workbench var set KEY VALUE</translation>
    </message>
    <message>
        <source>To {action} takes no value.</source>
        <translation>Zu {action} gehört kein Wert.</translation>
    </message>
    <message>
        <source>✓ Set: {result.key}.</source>
        <translation>✓ Gesetzt: {result.key}.</translation>
    </message>
    <message>
        <source>There is no variable “{key}”.</source>
        <translation>Es gibt keine Variable „{key}“.</translation>
    </message>
    <message>
        <source>No variables yet. Set one with: workbench var set KEY VALUE</source>
        <translation>Noch keine Variablen. Setzen Sie eine mit: workbench var set KEY VALUE</translation>
    </message>
    <message>
        <source>✓ Removed: {key}.</source>
        <translation>✓ Entfernt: {key}.</translation>
    </message>
    <message>
        <source>See them with: workbench var list</source>
        <translation>Alle zeigt: workbench var list</translation>
    </message>
    <message>
        <source>State your view of a topic, or show it; none shows all.</source>
        <translation>Ihre Haltung zu einem Thema angeben oder zeigen; ohne Thema alle.</translation>
    </message>
    <message>
        <source>No stance about “{topic}” yet. State one with: workbench stance TOPIC TEXT</source>
        <translation>Noch keine Haltung zu „{topic}“. Geben Sie eine an mit: workbench stance TOPIC TEXT</translation>
    </message>
    <message>
        <source>No stance yet. State one with: workbench stance TOPIC TEXT</source>
        <translation>Noch keine Haltung. Geben Sie eine an mit: workbench stance TOPIC TEXT</translation>
    </message>
    <message>
        <source>Correct a statement or note; its former words stay in the history.</source>
        <translation>Eine Aussage oder Notiz berichtigen; der frühere Wortlaut bleibt im Verlauf.</translation>
    </message>
    <message>
        <source>undo the last edit</source>
        <translation>die letzte Änderung zurücknehmen</translation>
    </message>
    <message>
        <source>The new text is missing.</source>
        <translation>Der neue Text fehlt.</translation>
    </message>
    <message>
        <source>Write: workbench edit ID TEXT, or: workbench edit ID --undo</source>
        <translation>Schreiben Sie: workbench edit ID TEXT oder: workbench edit ID --undo</translation>
    </message>
    <message>
        <source>Show what you said just before and after a statement.</source>
        <translation>Zeigen, was Sie unmittelbar vor und nach einer Aussage gesagt haben.</translation>
    </message>
    <message>
        <source>statements on each side (1)</source>
        <translation>Aussagen auf jeder Seite (1)</translation>
    </message>
    <message>
        <source>Show your statements, who said them and when, and how many are kept.</source>
        <translation>Ihre Aussagen zählen: wer sie wann gemacht hat und wie viele aufgehoben werden.</translation>
    </message>
    <message>
        <source>keep at most this many statements; the oldest are deleted</source>
        <translation>höchstens so viele Aussagen aufheben; die ältesten werden gelöscht</translation>
    </message>
    <message>
        <source>Follow relations between statements, such as: Aurora owner manager.</source>
        <translation>Beziehungen zwischen Aussagen folgen, etwa: Aurora owner manager.</translation>
    </message>
    <message>
        <source>use what was true then</source>
        <translation>verwenden, was damals galt</translation>
    </message>
    <message>
        <source>Show what a cue is associated with: statements, or concepts with paths.</source>
        <translation>Zeigen, was mit einem Stichwort verbunden ist: Aussagen oder Begriffe mit ihren Wegen.</translation>
    </message>
    <message>
        <source>how far (2); 0: all the way</source>
        <translation>wie weit (2); 0: so weit es geht</translation>
    </message>
    <message>
        <source>statements at most (10)</source>
        <translation>höchstens so viele Aussagen (10)</translation>
    </message>
    <message>
        <source>follow statements, or associations (statements, else associations)</source>
        <translation>Aussagen oder Verknüpfungen folgen (Aussagen, sonst Verknüpfungen)</translation>
    </message>
    <message>
        <source>Show how two concepts are connected, with evidence for each step.</source>
        <translation>Zeigen, wie zwei Begriffe verbunden sind, mit einem Beleg für jeden Schritt.</translation>
    </message>
    <message>
        <source>at most (6)</source>
        <translation>höchstens so viele Schritte (6)</translation>
    </message>
    <message>
        <source>Show the words of the library that mean most like a word, with cosines.</source>
        <translation>Zeigt die Wörter der Bibliothek, die einem Wort in der Bedeutung am nächsten sind, mit Kosinus.</translation>
    </message>
    <message>
        <source>show the similarity of this word instead</source>
        <translation>stattdessen die Ähnlichkeit mit diesem Wort zeigen</translation>
    </message>
    <message>
        <source>words at most (8)</source>
        <translation>höchstens so viele Wörter (8)</translation>
    </message>
    <message>
        <source>--limit must be 1 or more.</source>
        <translation>--limit muss mindestens 1 sein.</translation>
    </message>
    <message>
        <source>Give a number, such as --limit 8.</source>
        <translation>Geben Sie eine Zahl an, etwa --limit 8.</translation>
    </message>
    <message>
        <source>No source has “{word}” and “{other}”. Add texts that use the word, then ask again.</source>
        <translation>Keine Quelle hat „{word}“ und „{other}“. Fügen Sie Texte hinzu, die das Wort gebrauchen, und fragen Sie noch einmal.</translation>
    </message>
    <message>
        <source>The library has no word like “{word}”. Add texts that use the word, then ask again.</source>
        <translation>Die Bibliothek hat kein Wort wie „{word}“. Fügen Sie Texte hinzu, die das Wort gebrauchen, und fragen Sie noch einmal.</translation>
    </message>
    <message>
        <source>Show names that may mean the same; --merge joins the certain ones.</source>
        <translation>Namen zeigen, die dasselbe meinen könnten; --merge vereint die sicheren.</translation>
    </message>
    <message>
        <source>merge the certain ones</source>
        <translation>die sicheren vereinen</translation>
    </message>
    <message>
        <source>these two are the same</source>
        <translation>diese beiden sind dasselbe</translation>
    </message>
    <message>
        <source>they are different; undoes a merge</source>
        <translation>sie sind verschieden; hebt eine Vereinigung auf</translation>
    </message>
    <message>
        <source>No names that may mean the same were found.</source>
        <translation>Es wurden keine Namen gefunden, die dasselbe meinen könnten.</translation>
    </message>
    <message>
        <source>Strengthen the statements that contain these whole words.</source>
        <translation>Aussagen stärken, in denen diese ganzen Wörter vorkommen.</translation>
    </message>
    <message>
        <source>by how much (1)</source>
        <translation>um wie viel (1)</translation>
    </message>
    <message>
        <source>No statement contains these words; nothing was changed.</source>
        <translation>Keine Aussage enthält diese Wörter; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Merge duplicate statements; archive faded ones.</source>
        <translation>Doppelte Aussagen vereinen, verblasste archivieren.</translation>
    </message>
    <message>
        <source>archive statements weaker than this</source>
        <translation>Aussagen archivieren, die schwächer sind</translation>
    </message>
    <message>
        <source>only show what would be done</source>
        <translation>nur zeigen, was geschehen würde</translation>
    </message>
    <message>
        <source>undo the last one</source>
        <translation>das letzte Mal rückgängig machen</translation>
    </message>
    <message>
        <source>--undo takes no other options.</source>
        <translation>--undo steht ohne andere Optionen.</translation>
    </message>
    <message>
        <source>Undo the last change, or the change with this number; see `changes`.</source>
        <translation>Die letzte Änderung rückgängig machen, oder die mit dieser Nummer; siehe `changes`.</translation>
    </message>
    <message>
        <source>Redo the change undone last, or the change with this number.</source>
        <translation>Die zuletzt rückgängig gemachte Änderung wiederholen, oder die mit dieser Nummer.</translation>
    </message>
    <message>
        <source>List recent changes, with the numbers that `undo` takes.</source>
        <translation>Die letzten Änderungen auflisten, mit den Nummern, die `undo` nimmt.</translation>
    </message>
    <message>
        <source>changes at most (20)</source>
        <translation>höchstens so viele Änderungen (20)</translation>
    </message>
    <message>
        <source>There are no recent changes to undo.</source>
        <translation>Es gibt keine letzten Änderungen, die man rückgängig machen kann.</translation>
    </message>
    <message>
        <source>Save the statements of a collection as a version; compare or restore versions.</source>
        <translation>Die Aussagen einer Sammlung als Version speichern; Versionen vergleichen oder wiederherstellen.</translation>
    </message>
    <message>
        <source>diff: the version to compare with, instead of now</source>
        <translation>diff: die Version, mit der verglichen wird, statt mit dem jetzigen Stand</translation>
    </message>
    <message>
        <source>of this collection instead of the library's own facts</source>
        <translation>dieser Sammlung statt der eigenen Fakten der Bibliothek</translation>
    </message>
    <message>
        <source>`version list` takes no name.</source>
        <translation>`version list` steht ohne Namen.</translation>
    </message>
    <message>
        <source>See `workbench version --help`.</source>
        <translation>Siehe `workbench version --help`.</translation>
    </message>
    <message>
        <source>`version {action}` takes a name.</source>
        <translation>`version {action}` braucht einen Namen.</translation>
    </message>
    <message>
        <source>`version {action}` takes one name.</source>
        <translation>`version {action}` steht mit nur einem Namen.</translation>
    </message>
    <message>
        <source>There are no versions yet. Save one with: workbench version save NAME</source>
        <translation>Es gibt noch keine Versionen. Speichern Sie eine mit: workbench version save NAME</translation>
    </message>
    <message>
        <source>✓ As in “{result.name}”: {result.brought_back} brought back, {result.removed} removed, {result.kept} kept.</source>
        <translation>✓ Wie in „{result.name}“: {result.brought_back} zurückgeholt, {result.removed} entfernt, {result.kept} behalten.</translation>
    </message>
    <message>
        <source>Undo it with: workbench version restore "{result.before}"</source>
        <translation>Rückgängig machen: workbench version restore "{result.before}"</translation>
    </message>
    <message>
        <source>✓ The version “{name}” is gone.</source>
        <translation>✓ Die Version „{name}“ ist gelöscht.</translation>
    </message>
    <message>
        <source>Export the library, or a part of it.</source>
        <translation>Die Bibliothek oder einen Teil davon exportieren.</translation>
    </message>
    <message>
        <source>a bundle can be imported completely; markdown is a folder for Obsidian, anki a deck of what is kept for review (bundle)</source>
        <translation>ein Bündel lässt sich vollständig importieren; markdown ist ein Ordner für Obsidian, anki ein Stapel aus dem, was wiederholt wird (bundle)</translation>
    </message>
    <message>
        <source>only these sources; repeatable</source>
        <translation>nur diese Quellen; wiederholbar</translation>
    </message>
    <message>
        <source>only these statements; repeatable</source>
        <translation>nur diese Aussagen; wiederholbar</translation>
    </message>
    <message>
        <source>Import a bundle, JSON Lines, GraphML, or what NeuralMemory, neurram, neuron-db or Cortex keep.</source>
        <translation>Ein Bündel, JSON Lines, GraphML oder Daten von NeuralMemory, neurram, neuron-db oder Cortex importieren.</translation>
    </message>
    <message>
        <source>add everything to this collection</source>
        <translation>alles zu dieser Sammlung hinzufügen</translation>
    </message>
    <message>
        <source>how to resolve contradictions (prefer_recent)</source>
        <translation>wie Widersprüche gelöst werden (prefer_recent)</translation>
    </message>
    <message>
        <source>undo the last import or merge</source>
        <translation>den letzten Import oder die letzte Vereinigung rückgängig machen</translation>
    </message>
    <message>
        <source>Give either a file or --undo.</source>
        <translation>Geben Sie entweder eine Datei oder --undo an.</translation>
    </message>
    <message>
        <source>See `workbench import --help`.</source>
        <translation>Siehe `workbench import --help`.</translation>
    </message>
    <message>
        <source>Bring a folder of Markdown notes and your statements together, both ways.</source>
        <translation>Einen Ordner mit Markdown-Notizen und Ihre Aussagen in beide Richtungen abgleichen.</translation>
    </message>
    <message>
        <source>the statements of this collection</source>
        <translation>die Aussagen dieser Sammlung</translation>
    </message>
    <message>
        <source>which side counts where both changed, or where one side is gone</source>
        <translation>welche Seite gilt, wo beide geändert sind oder eine fehlt</translation>
    </message>
    <message>
        <source>Share the library with your other devices, or with people: through a folder that any program synchronises, or a PostgreSQL database.</source>
        <translation>Die Bibliothek mit Ihren anderen Geräten oder mit anderen teilen: über einen Ordner, den irgendein Programm abgleicht, oder eine PostgreSQL-Datenbank.</translation>
    </message>
    <message>
        <source>join: the shared folder, or postgresql://USER@HOST/DATABASE; settle: the conflict; private: the collection</source>
        <translation>join: der gemeinsame Ordner oder postgresql://NUTZER@HOST/DATENBANK; settle: der Konflikt; private: die Sammlung</translation>
    </message>
    <message>
        <source>join: what the others call this device</source>
        <translation>join: wie die anderen dieses Gerät nennen</translation>
    </message>
    <message>
        <source>join: who you are, where others share it, too</source>
        <translation>join: wer Sie sind, wenn auch andere mitmachen</translation>
    </message>
    <message>
        <source>settle: which text counts (current)</source>
        <translation>settle: welcher Text gilt (current)</translation>
    </message>
    <message>
        <source>private: let the collection in again</source>
        <translation>private: die Sammlung wieder teilen</translation>
    </message>
    <message>
        <source>`group {action}` takes a word.</source>
        <translation>`group {action}` braucht ein Wort.</translation>
    </message>
    <message>
        <source>See `workbench group --help`.</source>
        <translation>Siehe `workbench group --help`.</translation>
    </message>
    <message>
        <source>`group {action}` takes no word.</source>
        <translation>`group {action}` nimmt kein Wort.</translation>
    </message>
    <message>
        <source>Nothing was sent yet. Send and receive with: workbench group sync</source>
        <translation>Noch wurde nichts gesendet. Senden und empfangen mit: workbench group sync</translation>
    </message>
    <message>
        <source>This library is not shared. Share it with: workbench group join FOLDER</source>
        <translation>Diese Bibliothek wird nicht geteilt. Teilen Sie sie mit: workbench group join ORDNER</translation>
    </message>
    <message>
        <source>No text was changed by two at the same time.</source>
        <translation>Kein Text wurde von zweien gleichzeitig geändert.</translation>
    </message>
    <message>
        <source>✓ Settled.</source>
        <translation>✓ Geklärt.</translation>
    </message>
    <message>
        <source>Copy the statements of one collection into another.</source>
        <translation>Die Aussagen einer Sammlung in eine andere kopieren.</translation>
    </message>
    <message>
        <source>Learn the tables, columns and references of a database; its rows are not read.</source>
        <translation>Tabellen, Spalten und Verweise einer Datenbank lernen; ihre Zeilen werden nicht gelesen.</translation>
    </message>
    <message>
        <source>FILE, sqlite:///FILE or postgresql://user@host/database</source>
        <translation>FILE, sqlite:///FILE oder postgresql://user@host/database</translation>
    </message>
    <message>
        <source>what to call the database</source>
        <translation>wie die Datenbank heißen soll</translation>
    </message>
    <message>
        <source>add to this collection</source>
        <translation>zu dieser Sammlung hinzufügen</translation>
    </message>
    <message>
        <source>tables and views at most (100)</source>
        <translation>höchstens so viele Tabellen und Sichten (100)</translation>
    </message>
    <message>
        <source>leave patterns out</source>
        <translation>Muster weglassen</translation>
    </message>
    <message>
        <source>leave references out</source>
        <translation>Verweise weglassen</translation>
    </message>
    <message>
        <source>how much weight a statement can have at most (0.5)</source>
        <translation>wie viel Gewicht eine Aussage höchstens hat (0.5)</translation>
    </message>
    <message>
        <source>stm, working, episodic or semantic</source>
        <translation>stm, working, episodic oder semantic</translation>
    </message>
    <message>
        <source>afterwards merge duplicates</source>
        <translation>danach Doppeltes vereinen</translation>
    </message>
    <message>
        <source>Show or change the settings of associative recall.</source>
        <translation>Die Einstellungen des assoziativen Erinnerns zeigen oder ändern.</translation>
    </message>
    <message>
        <source>“usual” as value resets</source>
        <translation>„usual“ als Wert setzt zurück</translation>
    </message>
    <message>
        <source>Show all details of the newest statement with these words.</source>
        <translation>Alles zur neuesten Aussage mit diesen Wörtern zeigen.</translation>
    </message>
    <message>
        <source>Set the kind, priority, expiry, tags and trust of statements.</source>
        <translation>Art, Priorität, Ablauf, Schlagwörter und Vertrauen von Aussagen festlegen.</translation>
    </message>
    <message>
        <source>fact, decision, preference, todo, …</source>
        <translation>fact, decision, preference, todo, …</translation>
    </message>
    <message>
        <source>remove it</source>
        <translation>entfernen</translation>
    </message>
    <message>
        <source>let it never fade</source>
        <translation>nie verblassen lassen</translation>
    </message>
    <message>
        <source>let it fade again</source>
        <translation>wieder verblassen lassen</translation>
    </message>
    <message>
        <source>Nothing was given to set.</source>
        <translation>Es wurde nichts angegeben.</translation>
    </message>
    <message>
        <source>Give a kind, priority, expiry, tag or trust.</source>
        <translation>Geben Sie Art, Priorität, Ablauf, Schlagwort oder Vertrauen an.</translation>
    </message>
    <message>
        <source>✓ Noted of {count}.</source>
        <translation>✓ Vermerkt bei {count}.</translation>
    </message>
    <message>
        <source>No memory contains the words “{match}”.</source>
        <translation>Keine Aussage enthält die Wörter „{match}“.</translation>
    </message>
    <message>
        <source>See what there is with: workbench list memories</source>
        <translation>Alle zeigt: workbench list memories</translation>
    </message>
    <message>
        <source>Create, show, fill or end a project: a collection with dates.</source>
        <translation>Ein Projekt anlegen, zeigen, füllen oder beenden: eine Sammlung mit Terminen.</translation>
    </message>
    <message>
        <source>statements to assign or remove</source>
        <translation>Aussagen, die zugeordnet oder entfernt werden</translation>
    </message>
    <message>
        <source>how long it goes on</source>
        <translation>wie lange es dauert</translation>
    </message>
    <message>
        <source>start date, such as 2026-07-01</source>
        <translation>Beginn, etwa 2026-07-01</translation>
    </message>
    <message>
        <source>A list takes no name.</source>
        <translation>Eine Liste steht ohne Namen.</translation>
    </message>
    <message>
        <source>Write: workbench project list</source>
        <translation>Schreiben Sie: workbench project list</translation>
    </message>
    <message>
        <source>Which project?</source>
        <translation>Welches Projekt?</translation>
    </message>
    <message>
        <source>Write: workbench project {action} NAME</source>
        <translation>Schreiben Sie: workbench project {action} NAME</translation>
    </message>
    <message>
        <source>Give words from the statements to assign.</source>
        <translation>Geben Sie Wörter aus den Aussagen an, die zugeordnet werden.</translation>
    </message>
    <message>
        <source>Write: workbench project assign NAME WORDS</source>
        <translation>Schreiben Sie: workbench project assign NAME WORDS</translation>
    </message>
    <message>
        <source>There are no projects. Start one with: workbench project add NAME --days N</source>
        <translation>Es gibt keine Projekte. Beginnen Sie eines mit: workbench project add NAME --days N</translation>
    </message>
    <message>
        <source>✓ Added to {name}: {count}.</source>
        <translation>✓ Zu {name} hinzugefügt: {count}.</translation>
    </message>
    <message>
        <source>No memory contains the words “{words}”.</source>
        <translation>Keine Aussage enthält die Wörter „{words}“.</translation>
    </message>
    <message>
        <source>✓ Removed from {name}: {count}.</source>
        <translation>✓ Aus {name} entfernt: {count}.</translation>
    </message>
    <message>
        <source>✓ {name} is an ordinary collection now; its statements stay.</source>
        <translation>✓ {name} ist jetzt eine gewöhnliche Sammlung; ihre Aussagen bleiben.</translation>
    </message>
    <message>
        <source>Show what is due for review.</source>
        <translation>Zeigen, was zur Wiederholung ansteht.</translation>
    </message>
    <message>
        <source>at most (20)</source>
        <translation>höchstens so viele (20)</translation>
    </message>
    <message>
        <source>{limit} is not a number of reviews.</source>
        <translation>{limit} ist keine Anzahl von Wiederholungen.</translation>
    </message>
    <message>
        <source>Nothing is due for review.</source>
        <translation>Nichts steht zur Wiederholung an.</translation>
    </message>
    <message>
        <source>Record how well you remembered something, make a card of it, or stop reviewing it.</source>
        <translation>Festhalten, wie gut Sie sich an etwas erinnert haben, eine Karte daraus machen oder es nicht mehr wiederholen.</translation>
    </message>
    <message>
        <source>0 for no idea, up to 5 for instantly</source>
        <translation>0 für keine Ahnung bis 5 für sofort gewusst</translation>
    </message>
    <message>
        <source>--remembered is good, --forgotten is again; later puts it off until tomorrow</source>
        <translation>--remembered ist good, --forgotten ist again; later verschiebt auf morgen</translation>
    </message>
    <message>
        <source>review it from tomorrow on</source>
        <translation>ab morgen wiederholen</translation>
    </message>
    <message>
        <source>make a card of it: its gap in double braces, or a question; “” for the proposed one</source>
        <translation>eine Karte daraus machen: ihre Lücke in doppelten Klammern oder eine Frage; “” für die vorgeschlagene</translation>
    </message>
    <message>
        <source>with --front: the answer, else the text itself</source>
        <translation>mit --front: die Antwort, sonst der Text selbst</translation>
    </message>
    <message>
        <source>stop reviewing it</source>
        <translation>nicht mehr wiederholen</translation>
    </message>
    <message>
        <source>Nothing with the number {id} is kept for review.</source>
        <translation>Nichts mit der Nummer {id} wird wiederholt.</translation>
    </message>
    <message>
        <source>See `workbench reviews`.</source>
        <translation>Siehe `workbench reviews`.</translation>
    </message>
    <message>
        <source>Show statements that contradict each other.</source>
        <translation>Aussagen zeigen, die einander widersprechen.</translation>
    </message>
    <message>
        <source>include resolved ones</source>
        <translation>gelöste einschließen</translation>
    </message>
    <message>
        <source>{limit} is not a number of pairs.</source>
        <translation>{limit} ist keine Anzahl von Paaren.</translation>
    </message>
    <message>
        <source>There are no contradictions.</source>
        <translation>Es gibt keine Widersprüche.</translation>
    </message>
    <message>
        <source>Resolve a contradiction: keep the newer, the older, or both.</source>
        <translation>Einen Widerspruch lösen: die neuere, die ältere oder beide Aussagen behalten.</translation>
    </message>
    <message>
        <source>reopen it</source>
        <translation>wieder öffnen</translation>
    </message>
    <message>
        <source>Consolidate memory: keep what is used, merge duplicates.</source>
        <translation>Das Gedächtnis festigen: behalten, was gebraucht wird, Doppeltes vereinen.</translation>
    </message>
    <message>
        <source>archive statements weaker than this, too</source>
        <translation>auch Aussagen archivieren, die schwächer sind</translation>
    </message>
    <message>
        <source>undo the last sleep, or sleep N</source>
        <translation>den letzten Schlaf oder Schlaf N rückgängig machen</translation>
    </message>
    <message>
        <source>show or set when it sleeps automatically</source>
        <translation>zeigen oder festlegen, wann sie von selbst schläft</translation>
    </message>
    <message>
        <source>show the last sleeps</source>
        <translation>die letzten Schlafphasen zeigen</translation>
    </message>
    <message>
        <source>show the links it proposes</source>
        <translation>die vorgeschlagenen Verknüpfungen zeigen</translation>
    </message>
    <message>
        <source>accept a proposed link</source>
        <translation>eine vorgeschlagene Verknüpfung annehmen</translation>
    </message>
    <message>
        <source>reject a proposed link for good</source>
        <translation>eine vorgeschlagene Verknüpfung endgültig ablehnen</translation>
    </message>
    <message>
        <source>in this collection only</source>
        <translation>nur in dieser Sammlung</translation>
    </message>
    <message>
        <source>Give one of these options at a time.</source>
        <translation>Geben Sie jeweils nur eine dieser Optionen an.</translation>
    </message>
    <message>
        <source>The library has not slept yet, or had nothing to do.</source>
        <translation>Die Bibliothek hat noch nicht geschlafen oder hatte nichts zu tun.</translation>
    </message>
    <message>
        <source>There are no proposals.</source>
        <translation>Es gibt keine Vorschläge.</translation>
    </message>
    <message>
        <source>Save a note unless it says nothing new.</source>
        <translation>Eine Notiz speichern, wenn sie etwas Neues sagt.</translation>
    </message>
    <message>
        <source>semantic, episodic, procedural, …</source>
        <translation>semantic, episodic, procedural, …</translation>
    </message>
    <message>
        <source>what is being looked for</source>
        <translation>wonach gesucht wird</translation>
    </message>
    <message>
        <source>Show working memory: at most seven statements.</source>
        <translation>Das Arbeitsgedächtnis zeigen: höchstens sieben Aussagen.</translation>
    </message>
    <message>
        <source>Working memory is empty; your notes are all kept.</source>
        <translation>Das Arbeitsgedächtnis ist leer; Ihre Notizen sind alle noch da.</translation>
    </message>
    <message>
        <source>Keep statements in working memory.</source>
        <translation>Aussagen im Arbeitsgedächtnis halten.</translation>
    </message>
    <message>
        <source>✓ Kept in working memory: {count}.</source>
        <translation>✓ Im Arbeitsgedächtnis gehalten: {count}.</translation>
    </message>
    <message>
        <source>Recall statements on purpose, which strengthens them.</source>
        <translation>Aussagen absichtlich abrufen, was sie stärkt.</translation>
    </message>
    <message>
        <source>✓ Reinforced: {count}.</source>
        <translation>✓ Gestärkt: {count}.</translation>
    </message>
    <message>
        <source>There is no such statement; nothing was changed.</source>
        <translation>Eine solche Aussage gibt es nicht; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Archive statements; they stay searchable. `--undo` restores them.</source>
        <translation>Aussagen archivieren; sie bleiben durchsuchbar. `--undo` holt sie zurück.</translation>
    </message>
    <message>
        <source>count them as before</source>
        <translation>wieder zählen wie zuvor</translation>
    </message>
    <message>
        <source>✓ Counts again: {count}.</source>
        <translation>✓ Zählt wieder: {count}.</translation>
    </message>
    <message>
        <source>✓ Archived; still searchable, and nothing is deleted: {count}.</source>
        <translation>✓ Archiviert; weiter durchsuchbar, nichts ist gelöscht: {count}.</translation>
    </message>
    <message>
        <source>Show warnings about the library, and what to do.</source>
        <translation>Warnungen zur Bibliothek zeigen und was zu tun ist.</translation>
    </message>
    <message>
        <source>use another limit once, such as memories=5000</source>
        <translation>einmal eine andere Grenze verwenden, etwa memories=5000</translation>
    </message>
    <message>
        <source>set another limit; NAME=usual resets it</source>
        <translation>eine andere Grenze festlegen; NAME=usual setzt sie zurück</translation>
    </message>
    <message>
        <source>include ended projects</source>
        <translation>beendete Projekte einschließen</translation>
    </message>
    <message>
        <source>mark one as seen</source>
        <translation>eine als gesehen vermerken</translation>
    </message>
    <message>
        <source>mark one as known</source>
        <translation>eine als bekannt vermerken</translation>
    </message>
    <message>
        <source>mark one as done</source>
        <translation>eine als erledigt vermerken</translation>
    </message>
    <message>
        <source>✓ No limit is exceeded.</source>
        <translation>✓ Keine Grenze ist überschritten.</translation>
    </message>
    <message>
        <source>Grade the health of the library and say what to do about it.</source>
        <translation>Den Zustand der Bibliothek benoten und sagen, was zu tun ist.</translation>
    </message>
    <message>
        <source>Suggest questions that usually follow a question or topic.</source>
        <translation>Fragen vorschlagen, die auf eine Frage oder ein Thema meist folgen.</translation>
    </message>
    <message>
        <source>without a topic: all patterns</source>
        <translation>ohne Thema: alle Muster</translation>
    </message>
    <message>
        <source>topics at most (5)</source>
        <translation>höchstens so viele Themen (5)</translation>
    </message>
    <message>
        <source>forget the questions asked here</source>
        <translation>die hier gestellten Fragen vergessen</translation>
    </message>
    <message>
        <source>whether to learn which topics are asked together</source>
        <translation>ob gelernt wird, welche Themen zusammen gefragt werden</translation>
    </message>
    <message>
        <source>{limit} is not a number of topics.</source>
        <translation>{limit} ist keine Anzahl von Themen.</translation>
    </message>
    <message>
        <source>Nothing to suggest yet: a question has to follow another three times within ten minutes.</source>
        <translation>Noch nichts vorzuschlagen: Eine Frage muss einer anderen dreimal innerhalb von zehn Minuten folgen.</translation>
    </message>
    <message>
        <source>Show or correct a concept: its type, neighbours and history.</source>
        <translation>Einen Begriff zeigen oder berichtigen: Typ, Nachbarn und Verlauf.</translation>
    </message>
    <message>
        <source>new name</source>
        <translation>neuer Name</translation>
    </message>
    <message>
        <source>entity, spatial, time, action, …</source>
        <translation>entity, spatial, time, action, …</translation>
    </message>
    <message>
        <source>merge it with this one</source>
        <translation>mit diesem vereinen</translation>
    </message>
    <message>
        <source>a different concept with this spelling</source>
        <translation>ein anderer Begriff mit dieser Schreibweise</translation>
    </message>
    <message>
        <source>undo the last change</source>
        <translation>die letzte Änderung rückgängig machen</translation>
    </message>
    <message>
        <source>only what is mentioned in this collection</source>
        <translation>nur, was in dieser Sammlung erwähnt wird</translation>
    </message>
    <message>
        <source>Name a concept, and at most one change of it.</source>
        <translation>Nennen Sie einen Begriff und höchstens eine Änderung an ihm.</translation>
    </message>
    <message>
        <source>Undo the last change with: workbench concept --undo</source>
        <translation>Die letzte Änderung macht rückgängig: workbench concept --undo</translation>
    </message>
    <message>
        <source>Show what the statements that contain these words are linked to, and how.</source>
        <translation>Zeigen, womit die Aussagen mit diesen Wörtern verknüpft sind und wie.</translation>
    </message>
    <message>
        <source>together, causal, temporal, caused_by, …</source>
        <translation>together, causal, temporal, caused_by, …</translation>
    </message>
    <message>
        <source>links at most (20)</source>
        <translation>höchstens so viele Verknüpfungen (20)</translation>
    </message>
    <message>
        <source>Nothing is linked with that.</source>
        <translation>Damit ist nichts verknüpft.</translation>
    </message>
    <message>
        <source>List every kind of model; choose, download and try them.</source>
        <translation>Alle Arten von Modellen auflisten; Modelle wählen, herunterladen und ausprobieren.</translation>
    </message>
    <message>
        <source>try: a recording or a picture of yours</source>
        <translation>try: eine Aufnahme oder ein Bild von Ihnen</translation>
    </message>
    <message>
        <source>try: ask a language model twelve questions over the sample, which takes minutes</source>
        <translation>try: einem Sprachmodell zwölf Fragen zum Beispiel stellen, was Minuten dauert</translation>
    </message>
    <message>
        <source>purpose for use-language (dialogue)</source>
        <translation>Zweck für use-language (dialogue)</translation>
    </message>
    <message>
        <source>choose a server on another computer; each library must then allow it: `models sending allow`</source>
        <translation>einen Server auf einem anderen Computer wählen; jede Bibliothek muss es dann erlauben: `models sending allow`</translation>
    </message>
    <message>
        <source>server: ask for a key, which is kept in the keyring of the system</source>
        <translation>server: nach einem Schlüssel fragen, der im Schlüsselbund des Systems bleibt</translation>
    </message>
    <message>
        <source>Say which model.</source>
        <translation>Geben Sie an, welches Modell.</translation>
    </message>
    <message>
        <source>See which there are with `workbench models`.</source>
        <translation>Alle zeigt `workbench models`.</translation>
    </message>
    <message>
        <source>`models {what}` takes no model.</source>
        <translation>`models {what}` steht ohne Modell.</translation>
    </message>
    <message>
        <source>No language model was tried. Try one with: workbench models try NAME --questions</source>
        <translation>Noch wurde kein Sprachmodell geprüft. Prüfen Sie eines mit: workbench models try NAME --questions</translation>
    </message>
    <message>
        <source>✓ {result} vectors made.</source>
        <translation>✓ {result} Vektoren erstellt.</translation>
    </message>
    <message>
        <source>✓ Search uses words only; no model reads the library automatically.</source>
        <translation>✓ Die Suche verwendet nur Wörter; kein Modell liest die Bibliothek von selbst.</translation>
    </message>
    <message>
        <source>✓ The language model server is {result.address}.</source>
        <translation>✓ Der Server der Sprachmodelle ist {result.address}.</translation>
    </message>
    <message>
        <source>✓ {model} is there.</source>
        <translation>✓ {model} ist da.</translation>
    </message>
    <message>
        <source>✓ No model is used for {purpose}.</source>
        <translation>✓ Für {purpose} wird kein Modell verwendet.</translation>
    </message>
    <message>
        <source>✓ {model} is used for {purpose}.</source>
        <translation>✓ {model} wird für {purpose} verwendet.</translation>
    </message>
    <message>
        <source>Find the passages most similar to a sentence.</source>
        <translation>Die Stellen finden, die einem Satz am ähnlichsten sind.</translation>
    </message>
    <message>
        <source>passages at most (8)</source>
        <translation>höchstens so viele Stellen (8)</translation>
    </message>
    <message>
        <source>Show what the spiking brain associates with a cue.</source>
        <translation>Zeigen, was das simulierte Gehirn mit einem Stichwort verbindet.</translation>
    </message>
    <message>
        <source>focused or broad</source>
        <translation>focused (gezielt) oder broad (weit)</translation>
    </message>
    <message>
        <source>concepts at most (12)</source>
        <translation>höchstens so viele Begriffe (12)</translation>
    </message>
    <message>
        <source>only concepts mentioned there</source>
        <translation>nur Begriffe, die dort erwähnt werden</translation>
    </message>
    <message>
        <source>length of a dream (6)</source>
        <translation>Länge eines Traums (6)</translation>
    </message>
    <message>
        <source>random seed</source>
        <translation>Startwert des Zufalls</translation>
    </message>
    <message>
        <source>0.01 to 1 (two million neurons)</source>
        <translation>0.01 bis 1 (zwei Millionen Neuronen)</translation>
    </message>
    <message>
        <source>Say with which concept to begin.</source>
        <translation>Geben Sie an, mit welchem Begriff es beginnt.</translation>
    </message>
    <message>
        <source>Such as: workbench brain recall "Marie Curie"</source>
        <translation>Zum Beispiel: workbench brain recall "Marie Curie"</translation>
    </message>
    <message>
        <source>`brain {what}` takes no concept.</source>
        <translation>`brain {what}` steht ohne Begriff.</translation>
    </message>
    <message>
        <source>There is too little text for a map yet.</source>
        <translation>Für eine Karte gibt es noch zu wenig Text.</translation>
    </message>
    <message>
        <source>The brain has learned nothing from your questions yet.</source>
        <translation>Das Gehirn hat aus Ihren Fragen noch nichts gelernt.</translation>
    </message>
    <message>
        <source>✓ {result} links of the brain have their former weight again.</source>
        <translation>✓ {result} Verknüpfungen des Gehirns haben wieder ihr früheres Gewicht.</translation>
    </message>
    <message>
        <source>Let an agent use the library (Model Context Protocol, standard input and output).</source>
        <translation>Einen Agenten die Bibliothek nutzen lassen (Model Context Protocol, Standardein- und -ausgabe).</translation>
    </message>
    <message>
        <source>a folder whose files the agent may add (repeatable; with --write)</source>
        <translation>ein Ordner, dessen Dateien der Agent hinzufügen darf (wiederholbar; mit --write)</translation>
    </message>
    <message>
        <source>show this collection and nothing else of the library</source>
        <translation>von der Bibliothek nur diese Sammlung zeigen</translation>
    </message>
    <message>
        <source>allow saving and deleting; otherwise read only</source>
        <translation>Speichern und Löschen erlauben; sonst nur lesen</translation>
    </message>
    <message>
        <source>what agents are offered: ask, value, recall, chain and, with --write, remember; or all (five)</source>
        <translation>was Agenten angeboten wird: ask, value, recall, chain und, mit --write, remember; oder alles (five)</translation>
    </message>
    <message>
        <source>Serve the library to programs on this machine: HTTP, and /mcp for agents.</source>
        <translation>Die Bibliothek Programmen auf diesem Computer anbieten: HTTP und /mcp für Agenten.</translation>
    </message>
    <message>
        <source>listen here (127.0.0.1)</source>
        <translation>hier auf Verbindungen warten (127.0.0.1)</translation>
    </message>
    <message>
        <source>port (8765)</source>
        <translation>Port (8765)</translation>
    </message>
    <message>
        <source>answer to this name, too</source>
        <translation>auch unter diesem Namen antworten</translation>
    </message>
    <message>
        <source>a file with the token to use</source>
        <translation>eine Datei mit dem Token</translation>
    </message>
    <message>
        <source>encrypt connections (TLS) with this certificate</source>
        <translation>Verbindungen mit diesem Zertifikat verschlüsseln (TLS)</translation>
    </message>
    <message>
        <source>the private key of the certificate</source>
        <translation>der private Schlüssel des Zertifikats</translation>
    </message>
    <message>
        <source>connections with the token at most (200)</source>
        <translation>höchstens so viele Verbindungen mit dem Token (200)</translation>
    </message>
    <message>
        <source>allow a --host that other machines can reach although nothing is encrypted</source>
        <translation>einen --host erlauben, den andere Rechner erreichen, obwohl nichts verschlüsselt ist</translation>
    </message>
    <message>
        <source>A certificate needs its key.</source>
        <translation>Zu einem Zertifikat gehört sein Schlüssel.</translation>
    </message>
    <message>
        <source>Give --certificate and --key.</source>
        <translation>Geben Sie --certificate und --key an.</translation>
    </message>
    <message>
        <source>A key needs its certificate.</source>
        <translation>Zu einem Schlüssel gehört sein Zertifikat.</translation>
    </message>
    <message>
        <source>Print what lets your shell complete commands and options.</source>
        <translation>Ausgeben, womit Ihre Shell Befehle und Optionen ergänzt.</translation>
    </message>
    <message>
        <source>List, download or choose models that transcribe recordings.</source>
        <translation>Modelle für Aufnahmen auflisten, herunterladen oder wählen.</translation>
    </message>
    <message>
        <source>spoken language (detected)</source>
        <translation>gesprochene Sprache (wird erkannt)</translation>
    </message>
    <message>
        <source>See which there are with `workbench speech`.</source>
        <translation>Alle zeigt `workbench speech`.</translation>
    </message>
    <message>
        <source>`speech list` takes no model.</source>
        <translation>`speech list` steht ohne Modell.</translation>
    </message>
    <message>
        <source>Recordings need one of them. Download one with: workbench speech get base</source>
        <translation>Aufnahmen brauchen eines davon. Laden Sie eines herunter mit: workbench speech get base</translation>
    </message>
    <message>
        <source>Correct words of a transcript; citations follow.</source>
        <translation>Wörter einer Abschrift berichtigen; die Zitate folgen.</translation>
    </message>
    <message>
        <source>the words to correct</source>
        <translation>die falschen Wörter</translation>
    </message>
    <message>
        <source>the correct words</source>
        <translation>die richtigen Wörter</translation>
    </message>
    <message>
        <source>the time, where they occur more than once: 1:02:09</source>
        <translation>die Zeit, falls sie mehrmals vorkommen: 1:02:09</translation>
    </message>
    <message>
        <source>✓ Corrected; {result.followed} quotes followed, {result.lost} did not.</source>
        <translation>✓ Berichtigt; {result.followed} Zitate sind gefolgt, {result.lost} nicht.</translation>
    </message>
    <message>
        <source>Show the videos of a list, or add them with --add.</source>
        <translation>Die Videos einer Liste zeigen oder mit --add hinzufügen.</translation>
    </message>
    <message>
        <source>add the videos shown; those that are there are only noted, so that a list can be taken up again</source>
        <translation>die gezeigten Videos hinzufügen; vorhandene werden nur vermerkt, so lässt sich eine Liste fortsetzen</translation>
    </message>
    <message>
        <source>with --add: add them to this collection</source>
        <translation>mit --add: zu dieser Sammlung hinzufügen</translation>
    </message>
    <message>
        <source>with --add: languages of captions, best first</source>
        <translation>mit --add: Sprachen der Untertitel, die beste zuerst</translation>
    </message>
    <message>
        <source>start at number N</source>
        <translation>bei Nummer N beginnen</translation>
    </message>
    <message>
        <source>at most this many (50)</source>
        <translation>höchstens so viele (50)</translation>
    </message>
    <message>
        <source>Entries are counted from 1.</source>
        <translation>Einträge werden ab 1 gezählt.</translation>
    </message>
    <message>
        <source>Leave --first and --count out.</source>
        <translation>Lassen Sie --first und --count weg.</translation>
    </message>
    <message>
        <source>Download or choose an image model; find pictures by words or by a picture.</source>
        <translation>Ein Bildmodell herunterladen oder wählen; Bilder nach Wörtern oder nach einem Bild finden.</translation>
    </message>
    <message>
        <source>results at most (12)</source>
        <translation>höchstens so viele Ergebnisse (12)</translation>
    </message>
    <message>
        <source>Say what to {what}.</source>
        <translation>Geben Sie an, was für {what}.</translation>
    </message>
    <message>
        <source>See `workbench pictures --help`.</source>
        <translation>Siehe `workbench pictures --help`.</translation>
    </message>
    <message>
        <source>`pictures {what}` takes nothing more.</source>
        <translation>`pictures {what}` steht ohne Weiteres.</translation>
    </message>
    <message>
        <source>There is no image model; pictures are found by their captions and the words in them. Choose one: workbench pictures use FOLDER, or see which can be downloaded: workbench pictures get</source>
        <translation>Es gibt kein Bildmodell; Bilder werden über ihre Bildunterschriften und die Wörter darin gefunden. Wählen Sie eines: workbench pictures use FOLDER, oder sehen Sie nach, welche sich herunterladen lassen: workbench pictures get</translation>
    </message>
    <message>
        <source>Each needs the extra `vision`. Download one with: workbench pictures get ViT-B-32</source>
        <translation>Jedes braucht das Extra `vision`. Laden Sie eines herunter mit: workbench pictures get ViT-B-32</translation>
    </message>
    <message>
        <source>Let it look at your pictures with: workbench pictures use {argument}</source>
        <translation>Lassen Sie es Ihre Bilder ansehen mit: workbench pictures use {argument}</translation>
    </message>
    <message>
        <source>✓ {result} more pictures seen.</source>
        <translation>✓ {result} weitere Bilder gesehen.</translation>
    </message>
    <message>
        <source>✓ No image model is used any more.</source>
        <translation>✓ Kein Bildmodell wird mehr verwendet.</translation>
    </message>
    <message>
        <source>The image model has not looked at any other picture yet.</source>
        <translation>Das Bildmodell hat noch kein anderes Bild gesehen.</translation>
    </message>
    <message>
        <source>The library has no names yet: add a source first.</source>
        <translation>Die Bibliothek hat noch keine Namen: Fügen Sie zuerst eine Quelle hinzu.</translation>
    </message>
    <message>
        <source>Add new files of a folder automatically while the window is open.</source>
        <translation>Neue Dateien eines Ordners von selbst hinzufügen, solange das Fenster offen ist.</translation>
    </message>
    <message>
        <source>add new files to this collection</source>
        <translation>neue Dateien zu dieser Sammlung hinzufügen</translation>
    </message>
    <message>
        <source>stop watching this folder</source>
        <translation>diesen Ordner nicht mehr beobachten</translation>
    </message>
    <message>
        <source>Which folder?</source>
        <translation>Welcher Ordner?</translation>
    </message>
    <message>
        <source>Name it: workbench watch FOLDER</source>
        <translation>Nennen Sie ihn: workbench watch FOLDER</translation>
    </message>
    <message>
        <source>You are not watching a folder. Watch one with: workbench watch FOLDER</source>
        <translation>Sie beobachten keinen Ordner. Beobachten Sie einen mit: workbench watch FOLDER</translation>
    </message>
    <message>
        <source>New files are added while the window is open.</source>
        <translation>Neue Dateien werden hinzugefügt, solange das Fenster offen ist.</translation>
    </message>
    <message>
        <source>Encrypt a value with a secret, or decrypt it. You are asked for the secret; piped in, it is the first line, and for `put` the rest is the value.</source>
        <translation>Einen Wert mit einem Geheimnis verschlüsseln oder entschlüsseln. Sie werden nach dem Geheimnis gefragt; bei einer Pipe ist es die erste Zeile und für `put` der Rest der Wert.</translation>
    </message>
    <message>
        <source>a key, or for `get` a question</source>
        <translation>ein Schlüssel oder für `get` eine Frage</translation>
    </message>
    <message>
        <source>Never write the secret or the value on the command line.</source>
        <translation>Schreiben Sie Geheimnis oder Wert nie auf die Befehlszeile.</translation>
    </message>
    <message>
        <source>Leave them out, you will be asked; put a key of several words in quotation marks.</source>
        <translation>Lassen Sie beides weg, Sie werden gefragt; setzen Sie einen Schlüssel aus mehreren Wörtern in Anführungszeichen.</translation>
    </message>
    <message>
        <source>Back up the library to one checked file, even while it is in use.</source>
        <translation>Die Bibliothek in eine geprüfte Datei sichern, auch während sie benutzt wird.</translation>
    </message>
    <message>
        <source>a file name, or a folder for it</source>
        <translation>ein Dateiname oder ein Ordner dafür</translation>
    </message>
    <message>
        <source>replace an older backup of this library that has the name</source>
        <translation>eine ältere Sicherung dieser Bibliothek mit diesem Namen ersetzen</translation>
    </message>
    <message>
        <source>Replace the library with a backup; the present one is moved aside.</source>
        <translation>Die Bibliothek durch eine Sicherung ersetzen; die jetzige wird beiseitegelegt.</translation>
    </message>
    <message>
        <source>Recover what is readable in a damaged library into a new one.</source>
        <translation>Was in einer beschädigten Bibliothek lesbar ist, in eine neue retten.</translation>
    </message>
    <message>
        <source>Read sources again from their original files; notes and tags stay.</source>
        <translation>Quellen noch einmal aus ihren Originaldateien lesen; Notizen und Schlagwörter bleiben.</translation>
    </message>
    <message>
        <source>every source that has an original</source>
        <translation>alle Quellen, die ein Original haben</translation>
    </message>
    <message>
        <source>Give either the numbers of sources or --all.</source>
        <translation>Geben Sie entweder Nummern von Quellen oder --all an.</translation>
    </message>
    <message>
        <source>See `list sources`.</source>
        <translation>Siehe `list sources`.</translation>
    </message>
    <message>
        <source>Say where the original file of a source is now.</source>
        <translation>Angeben, wo die Originaldatei einer Quelle jetzt ist.</translation>
    </message>
    <message>
        <source>Check the library: integrity, quotes, counts and index.</source>
        <translation>Die Bibliothek prüfen: Unversehrtheit, Zitate, Anzahlen und Index.</translation>
    </message>
    <message>
        <source>repair what can be derived</source>
        <translation>reparieren, was sich herleiten lässt</translation>
    </message>
    <message>
        <source>Show what works on this computer, and how to add what does not.</source>
        <translation>Zeigen, was auf diesem Computer geht und wie Sie den Rest hinzufügen.</translation>
    </message>
    <message>
        <source>close files that other users can read</source>
        <translation>Dateien schließen, die andere Benutzer lesen können</translation>
    </message>
    <message>
        <source>Ask whether a newer version has been released.</source>
        <translation>Fragen, ob eine neuere Version erschienen ist.</translation>
    </message>
    <message>
        <source>Put sources into a collection, too, or take them out; returns how many they are.</source>
        <translation>Quellen auch in eine Sammlung aufnehmen oder herausnehmen; zeigt, wie viele es sind.</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>Nichts gefunden.</translation>
    </message>
    <message>
        <source>Change a collection: another `name`, how many facts it keeps, an end as a project.</source>
        <translation>Eine Sammlung ändern: ein anderer Name (`name`), wie viele Fakten sie behält, ein Ende als Projekt.</translation>
    </message>
    <message>
        <source>Make an empty collection (or return the one of that name).</source>
        <translation>Eine leere Sammlung anlegen (oder die mit diesem Namen zeigen).</translation>
    </message>
    <message>
        <source>Remove a collection; its sources, facts and notes stay in the library.</source>
        <translation>Eine Sammlung entfernen; ihre Quellen, Fakten und Notizen bleiben in der Bibliothek.</translation>
    </message>
    <message>
        <source>Done.</source>
        <translation>Fertig.</translation>
    </message>
    <message>
        <source>The scopes with content, the library's own first, the others by name.</source>
        <translation>Die Bereiche mit Inhalt zeigen: zuerst den der Bibliothek, dann die übrigen nach Namen.</translation>
    </message>
    <message>
        <source>Sentences of different sources that disagree about one thing.</source>
        <translation>Sätze verschiedener Quellen, die zu einer Sache Verschiedenes sagen.</translation>
    </message>
    <message>
        <source>No differences were found. Add another source on the same thing, or ask about it with: workbench ask QUESTION</source>
        <translation>Keine Unterschiede gefunden. Fügen Sie eine weitere Quelle zur selben Sache hinzu, oder fragen Sie danach mit: workbench ask FRAGE</translation>
    </message>
    <message>
        <source>Say that a difference is "settled", or "dismissed" as none, or "open" again.</source>
        <translation>Festhalten, dass ein Unterschied geklärt ("settled"), keiner ("dismissed") oder wieder offen ("open") ist.</translation>
    </message>
    <message>
        <source>The memories that bear on a cue as one text of at most so many tokens, best first.</source>
        <translation>Was zu einem Stichwort gehört, als einen Text von höchstens so vielen Tokens zeigen, das Beste zuerst.</translation>
    </message>
    <message>
        <source>All about a fact or note, or about the newest that contains these words.</source>
        <translation>Alles zu einem Fakt oder einer Notiz zeigen, oder zum neuesten mit diesen Wörtern.</translation>
    </message>
    <message>
        <source>The statements that match a cue, best first; what alone fits best grows stronger by that.</source>
        <translation>Die Aussagen zeigen, die zu einem Stichwort passen, die beste zuerst; was allein am besten passt, wird dadurch stärker.</translation>
    </message>
    <message>
        <source>What a cue brings to mind, told or read, best first, with the way to each and why.</source>
        <translation>Zeigen, was einem zu einem Stichwort einfällt, Gesagtes oder Gelesenes, das Beste zuerst, mit Weg und Grund.</translation>
    </message>
    <message>
        <source>The concepts that a cue leads to over associations, the strongest first.</source>
        <translation>Die Begriffe zeigen, zu denen ein Stichwort über Verknüpfungen führt, der stärkste zuerst.</translation>
    </message>
    <message>
        <source>The edges of the drawn graph among these concepts, the most informative first.</source>
        <translation>Die Kanten des gezeichneten Graphen zwischen diesen Begriffen zeigen, die aussagekräftigsten zuerst.</translation>
    </message>
    <message>
        <source>Rename a concept, give it another type, merge it `into` another, or split it.</source>
        <translation>Einen Begriff umbenennen, ihm eine andere Art geben, ihn mit einem anderen vereinen (`into`) oder teilen.</translation>
    </message>
    <message>
        <source>The statements of an edge, the surest first.</source>
        <translation>Die Aussagen hinter einer Kante zeigen, die sichersten zuerst.</translation>
    </message>
    <message>
        <source>Say that an edge, or an alias by its number, is right; None takes what an edge has back.</source>
        <translation>Sagen, dass eine Verknüpfung oder, mit seiner Nummer, ein anderer Name stimmt; None nimmt zurück, was von einer Verknüpfung gesagt ist.</translation>
    </message>
    <message>
        <source>Link concepts and draw triples of what is not linked yet; of how many statements.</source>
        <translation>Begriffe verknüpfen und Tripel aus dem ziehen, was noch nicht verknüpft ist; aus wie vielen Aussagen.</translation>
    </message>
    <message>
        <source>The library's words that mean most like this one, nearest first, or only the `other`.</source>
        <translation>Die Wörter der Bibliothek, die diesem in der Bedeutung am nächsten sind, das nächste zuerst, oder nur das `other`.</translation>
    </message>
    <message>
        <source>A concept with `limit` edges of the drawn graph after the first `offset`, most informative first.</source>
        <translation>Einen Begriff mit `limit` Kanten des gezeichneten Graphen nach den ersten `offset` zeigen, die aussagekräftigsten zuerst.</translation>
    </message>
    <message>
        <source>may be repeated</source>
        <translation>darf mehrmals stehen</translation>
    </message>
    <message>
        <source>Where sentences stand in their sources; told or deleted ones are left out.</source>
        <translation>Zeigen, wo Sätze in ihren Quellen stehen; gesagte und gelöschte fehlen.</translation>
    </message>
    <message>
        <source>The statements of a source that have a part in `[start, end)` of its text, in order.</source>
        <translation>Die Sätze einer Quelle, die in `[start, end)` ihres Textes liegen, der Reihe nach zeigen.</translation>
    </message>
    <message>
        <source>The relations of a concept on both sides, strongest first; `relation` selects one.</source>
        <translation>Die Beziehungen eines Begriffs auf beiden Seiten, die stärksten zuerst; `relation` wählt eine.</translation>
    </message>
    <message>
        <source>The largest topics of a library or a collection.</source>
        <translation>Die größten Themen der Bibliothek oder einer Sammlung zeigen.</translation>
    </message>
    <message>
        <source>Make a card of a memory or a sentence, and keep it for review.</source>
        <translation>Aus einer Erinnerung oder einem Satz eine Karte machen und sie wiederholen.</translation>
    </message>
    <message>
        <source>The strength of a memory over so many days, at about `points` times and at each use.</source>
        <translation>Die Stärke einer Erinnerung über so viele Tage, zu etwa `points` Zeitpunkten und bei jedem Gebrauch.</translation>
    </message>
    <message>
        <source>Forget which questions were asked in a scope, or everywhere; returns how many pairs.</source>
        <translation>Vergessen, welche Fragen in einem Bereich oder überall gestellt wurden; nennt die Zahl der Paare.</translation>
    </message>
    <message>
        <source>The weight of the link by use between facts with these words; 0 if there is none.</source>
        <translation>Das Gewicht der Verknüpfung durch Gebrauch zwischen Fakten mit diesen Wörtern; 0, wenn es keine gibt.</translation>
    </message>
    <message>
        <source>The reviews of these by id; without ids, what is due, the longest first.</source>
        <translation>Wiederholungen nach Nummern zeigen; ohne Nummern, was ansteht, das am längsten Fällige zuerst.</translation>
    </message>
    <message>
        <source>How strong a memory is by now, and why; None where there is none.</source>
        <translation>Zeigen, wie stark eine Aussage inzwischen ist und warum.</translation>
    </message>
    <message>
        <source>Somebody has opened or copied these: they grow stronger, where recall is learned from.</source>
        <translation>Jemand hat diese geöffnet oder kopiert: Sie werden stärker, wo aus dem Abruf gelernt wird.</translation>
    </message>
    <message>
        <source>The highlights of a source, or all, as a file: “markdown”, “annotations” or “pdf”.</source>
        <translation>Die Markierungen einer Quelle oder alle als Datei: „markdown“, „annotations“ oder „pdf“.</translation>
    </message>
    <message>
        <source>The variable of a key, or the stance about a topic; None where there is none.</source>
        <translation>Die Variable eines Schlüssels oder die Haltung zu einem Thema zeigen.</translation>
    </message>
    <message>
        <source>Highlight `[start, end)` of a source's text, or change the highlight of this number.</source>
        <translation>Den Abschnitt `[start, end)` im Text einer Quelle markieren oder die Markierung mit dieser Nummer ändern.</translation>
    </message>
    <message>
        <source>The notes of a scope, newest first, or those of one kind.</source>
        <translation>Die Notizen eines Bereichs zeigen, die neuesten zuerst, oder die einer Art.</translation>
    </message>
    <message>
        <source>Tags of these facts and notes, and of highlights where they stand and in which colour.</source>
        <translation>Schlagwörter dieser Aussagen und Notizen und von Markierungen, wo sie stehen und in welcher Farbe.</translation>
    </message>
    <message>
        <source>Delete notes and highlights; returns how many there were. `Library.undo` restores them.</source>
        <translation>Löscht Notizen und Markierungen; gibt zurück, wie viele es waren. `Library.undo` stellt sie wieder her.</translation>
    </message>
    <message>
        <source>Take in a note: a fact of that kind, or an instruction, stance or variable.</source>
        <translation>Eine Notiz aufnehmen: einen Fakt dieser Art, eine Anweisung, Haltung oder Variable.</translation>
    </message>
    <message>
        <source>How far these jobs are: their sources, each with the stage reached, or their error.</source>
        <translation>Zeigen, wie weit diese Aufträge sind: ihre Quellen mit der erreichten Stufe, oder ihren Fehler.</translation>
    </message>
    <message>
        <source>The whole queue at a glance, in bytes; cheap enough to ask ten times a second.</source>
        <translation>Die ganze Warteschlange auf einen Blick zeigen, in Bytes.</translation>
    </message>
    <message>
        <source>What was read of a source, counted: pages, words, figures, tables; and what was not.</source>
        <translation>Zeigen, was von einer Quelle gelesen wurde: Seiten, Wörter, Abbildungen, Tabellen, und was nicht.</translation>
    </message>
    <message>
        <source>Sources as a list of references: "bibtex", "ris", "csl" (JSON), or by a style.</source>
        <translation>Quellen als Literaturverzeichnis: „bibtex“, „ris“, „csl“ (JSON) oder in einem Stil.</translation>
    </message>
    <message>
        <source>Remove sources for good, in one transaction; no word of them is left in its files.</source>
        <translation>Quellen endgültig entfernen, in einem Zug; kein Wort von ihnen bleibt in den Dateien.</translation>
    </message>
    <message>
        <source>The sources that look like the same work as this one, with itself, oldest first.</source>
        <translation>Die Quellen, die wie dasselbe Werk aussehen, mit dieser selbst, die älteste zuerst.</translation>
    </message>
    <message>
        <source>What a source is about, and up to three questions that it answers, each tried.</source>
        <translation>Zeigen, wovon eine Quelle handelt, mit bis zu drei Fragen, die sie beantwortet.</translation>
    </message>
    <message>
        <source>What is kept of a page of the web or of pasted text: address, media type, date, size.</source>
        <translation>Was von einer Webseite oder eingefügtem Text aufbewahrt ist: Adresse, Medientyp, Datum, Größe.</translation>
    </message>
    <message>
        <source>The kept original as it came.</source>
        <translation>Das aufbewahrte Original, wie es kam.</translation>
    </message>
    <message>
        <source>Boxes of the words at `[start, end)`: (page number, box in fractions), one a line.</source>
        <translation>Die Rechtecke der Wörter in `[start, end)` zeigen: Seitenzahl und Anteile, je Zeile eines.</translation>
    </message>
    <message>
        <source>A PDF page or a picture `width` pixels wide: (width, height, RGBA rows).</source>
        <translation>Eine PDF-Seite oder ein Bild, `width` Pixel breit: (Breite, Höhe, Zeilen in RGBA).</translation>
    </message>
    <message>
        <source>The pages of a source in order; empty where it has none.</source>
        <translation>Die Seiten einer Quelle der Reihe nach zeigen; leer, wo sie keine hat.</translation>
    </message>
    <message>
        <source>Exactly what was indexed of a source, in order.</source>
        <translation>Genau zeigen, was von einer Quelle indiziert wurde, der Reihe nach.</translation>
    </message>
    <message>
        <source>The pictures, figures among them, that are nearest to words, a source or a file.</source>
        <translation>Bilder und Abbildungen zeigen, die Wörtern, einer Quelle oder einer Datei am nächsten sind.</translation>
    </message>
    <message>
        <source>The works that a source lists at its end, each with its year.</source>
        <translation>Die Werke, die eine Quelle am Ende aufführt, jedes mit seinem Jahr.</translation>
    </message>
    <message>
        <source>The chapters of a source in order, without their text.</source>
        <translation>Die Kapitel einer Quelle der Reihe nach zeigen, ohne ihren Text.</translation>
    </message>
    <message>
        <source>The source's text, or that at `[start, end)`, as far as it reaches.</source>
        <translation>Den Text einer Quelle zeigen, oder den in `[start, end)`, soweit er reicht.</translation>
    </message>
    <message>
        <source>Put a tag on sources, or take it off; tags ignore case.</source>
        <translation>Quellen ein Schlagwort geben oder nehmen; Groß- und Kleinschreibung ist gleich.</translation>
    </message>
    <message>
        <source>How loud the recording of a transcript is over its time, in `count` parts or more.</source>
        <translation>Wie laut die Aufnahme eines Transkripts über die Zeit ist, in `count` Teilen oder mehr.</translation>
    </message>
    <message>
        <source>Add questions and sources to a table, drop some, or replace the questions.</source>
        <translation>Fragen und Quellen einer Tabelle hinzufügen oder entfernen, oder die Fragen ersetzen.</translation>
    </message>
    <message>
        <source>Put a text of your own into a cell, or take it back.</source>
        <translation>Einen eigenen Text in eine Zelle setzen oder zurücknehmen.</translation>
    </message>
    <message>
        <source>Make a table of questions, after those of a ready set if one is named.</source>
        <translation>Eine Tabelle aus Fragen anlegen, nach denen eines fertigen Satzes, wenn einer genannt ist.</translation>
    </message>
    <message>
        <source>Delete a table with its answers; Undo restores it.</source>
        <translation>Eine Tabelle mit ihren Antworten löschen; Rückgängig stellt sie wieder her.</translation>
    </message>
    <message>
        <source>Write a table as Markdown or CSV, each answer with its place and how certain it is.</source>
        <translation>Eine Tabelle als Markdown oder CSV schreiben, jede Antwort mit ihrer Stelle und ihrer Sicherheit.</translation>
    </message>
    <message>
        <source>Fill the cells that are empty, and those of sources that were read again since.</source>
        <translation>Die leeren Zellen füllen, und die von Quellen, die seither neu gelesen wurden.</translation>
    </message>
    <message>
        <source>A table with its cells.</source>
        <translation>Eine Tabelle mit ihren Zellen.</translation>
    </message>
    <message>
        <source>The names of the tables, newest first.</source>
        <translation>Die Namen der Tabellen, die neuesten zuerst.</translation>
    </message>
    <message>
        <source>There are no tables yet. Make one with: workbench tables create NAME --template papers</source>
        <translation>Es gibt noch keine Tabellen. Legen Sie eine an mit: workbench tables create NAME --template papers</translation>
    </message>
    <message>
        <source>All dated statements as "markdown", "csv" or "ics", a calendar; the text.</source>
        <translation>Alle datierten Aussagen als „markdown“, „csv“ oder „ics“, ein Kalender; der Text.</translation>
    </message>
    <message>
        <source>The dated statements of sources in the order of time, each with its sentence and place.</source>
        <translation>Die datierten Aussagen von Quellen in der Folge der Zeit, jede mit ihrem Satz und ihrer Stelle.</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;New Library…</source>
        <translation>&amp;Neue Bibliothek…</translation>
    </message>
    <message>
        <source>O&amp;pen Library…</source>
        <translation>&amp;Bibliothek öffnen…</translation>
    </message>
    <message>
        <source>Open Library on Another Co&amp;mputer…</source>
        <translation>Bibliothek auf anderem &amp;Computer öffnen…</translation>
    </message>
    <message>
        <source>&amp;Add Files…</source>
        <translation>&amp;Dateien hinzufügen…</translation>
    </message>
    <message>
        <source>Add &amp;Folder…</source>
        <translation>&amp;Ordner hinzufügen…</translation>
    </message>
    <message>
        <source>Add Lin&amp;k…</source>
        <translation>&amp;Link hinzufügen…</translation>
    </message>
    <message>
        <source>Paste as &amp;Source</source>
        <translation>Als &amp;Quelle einfügen</translation>
    </message>
    <message>
        <source>&amp;Try with a Sample</source>
        <translation>Mit Beis&amp;piel ausprobieren</translation>
    </message>
    <message>
        <source>Remove the Samp&amp;le</source>
        <translation>Beispiel en&amp;tfernen</translation>
    </message>
    <message>
        <source>&amp;Watch Folder…</source>
        <translation>Ordner über&amp;wachen…</translation>
    </message>
    <message>
        <source>Export &amp;Highlights…</source>
        <translation>&amp;Markierungen exportieren…</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>E&amp;xportieren</translation>
    </message>
    <message>
        <source>Export Th&amp;read…</source>
        <translation>&amp;Gespräch exportieren…</translation>
    </message>
    <message>
        <source>Export for &amp;Another Library…</source>
        <translation>Für andere &amp;Bibliothek exportieren…</translation>
    </message>
    <message>
        <source>Export &amp;Notes for Obsidian…</source>
        <translation>&amp;Notizen für Obsidian exportieren…</translation>
    </message>
    <message>
        <source>Export &amp;Tables (CSV)…</source>
        <translation>&amp;Tabellen exportieren (CSV)…</translation>
    </message>
    <message>
        <source>Export &amp;JSON Lines…</source>
        <translation>&amp;JSON Lines exportieren…</translation>
    </message>
    <message>
        <source>Export &amp;Graph (GraphML)…</source>
        <translation>Beg&amp;riffsgraph exportieren (GraphML)…</translation>
    </message>
    <message>
        <source>Export &amp;Cards for Anki…</source>
        <translation>&amp;Karten für Anki exportieren…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importieren…</translation>
    </message>
    <message>
        <source>Import Highli&amp;ghts…</source>
        <translation>Markierungen i&amp;mportieren…</translation>
    </message>
    <message>
        <source>Learn &amp;Database Tables…</source>
        <translation>Tabellen einer Datenban&amp;k lernen…</translation>
    </message>
    <message>
        <source>S&amp;ynchronise with Other Devices…</source>
        <translation>Mit anderen Geräten abgleic&amp;hen…</translation>
    </message>
    <message>
        <source>Save &amp;Current Statements as Version</source>
        <translation>&amp;Version der Aussagen sichern</translation>
    </message>
    <message>
        <source>Versi&amp;ons of Statements…</source>
        <translation>Versionen der &amp;Aussagen…</translation>
    </message>
    <message>
        <source>&amp;Back Up…</source>
        <translation>&amp;Sichern…</translation>
    </message>
    <message>
        <source>R&amp;estore from Backup…</source>
        <translation>A&amp;us Sicherung wiederherstellen…</translation>
    </message>
    <message>
        <source>&amp;Verify Library</source>
        <translation>Bibliothek p&amp;rüfen</translation>
    </message>
    <message>
        <source>S&amp;how the Library File</source>
        <translation>Bibliotheksdatei zei&amp;gen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>B&amp;eenden</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
        <source>H&amp;istory…</source>
        <translation>Ver&amp;lauf…</translation>
    </message>
    <message>
        <source>&amp;Copy with Citation</source>
        <translation>Mit &amp;Quellenangabe kopieren</translation>
    </message>
    <message>
        <source>&amp;Keep for Review</source>
        <translation>Zum Wiederholen &amp;vormerken</translation>
    </message>
    <message>
        <source>&amp;Find</source>
        <translation>&amp;Suchen</translation>
    </message>
    <message>
        <source>Searc&amp;h or Ask…</source>
        <translation>Suchen oder &amp;fragen…</translation>
    </message>
    <message>
        <source>Se&amp;arch the Text</source>
        <translation>Im &amp;Text suchen</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Theme: as the &amp;System</source>
        <translation>Design: wie das &amp;System</translation>
    </message>
    <message>
        <source>Theme: Li&amp;ght</source>
        <translation>Design: &amp;hell</translation>
    </message>
    <message>
        <source>Theme: &amp;Dark</source>
        <translation>Design: &amp;dunkel</translation>
    </message>
    <message>
        <source>Theme: &amp;High Contrast</source>
        <translation>Design: hoher &amp;Kontrast</translation>
    </message>
    <message>
        <source>Collec&amp;tions</source>
        <translation>Sa&amp;mmlungen</translation>
    </message>
    <message>
        <source>&amp;Inspector</source>
        <translation>&amp;Inspektor</translation>
    </message>
    <message>
        <source>&amp;Activity</source>
        <translation>&amp;Aktivität</translation>
    </message>
    <message>
        <source>&amp;Next Panel</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <source>&amp;Previous Panel</source>
        <translation>Voriger Berei&amp;ch</translation>
    </message>
    <message>
        <source>&amp;Read</source>
        <translation>&amp;Lesen</translation>
    </message>
    <message>
        <source>Show Li&amp;brary</source>
        <translation>&amp;Bibliothek zeigen</translation>
    </message>
    <message>
        <source>As&amp;k</source>
        <translation>&amp;Fragen</translation>
    </message>
    <message>
        <source>E&amp;xplore</source>
        <translation>&amp;Erkunden</translation>
    </message>
    <message>
        <source>Toda&amp;y</source>
        <translation>Heu&amp;te</translation>
    </message>
    <message>
        <source>&amp;Lab</source>
        <translation>Lab&amp;or</translation>
    </message>
    <message>
        <source>Sho&amp;w Lab</source>
        <translation>Labor &amp;zeigen</translation>
    </message>
    <message>
        <source>&amp;Zoom In</source>
        <translation>Ve&amp;rgrößern</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>&amp;Verkleinern</translation>
    </message>
    <message>
        <source>Act&amp;ual Size</source>
        <translation>Ori&amp;ginalgröße</translation>
    </message>
    <message>
        <source>&amp;Fit Page</source>
        <translation>Seite ein&amp;passen</translation>
    </message>
    <message>
        <source>&amp;Library</source>
        <translation>Bib&amp;liothek</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>Open &amp;Beside</source>
        <translation>&amp;Daneben öffnen</translation>
    </message>
    <message>
        <source>S&amp;how Indexed Text</source>
        <translation>&amp;Indexierten Text zeigen</translation>
    </message>
    <message>
        <source>Show Notes an&amp;d Highlights</source>
        <translation>&amp;Notizen und Markierungen zeigen</translation>
    </message>
    <message>
        <source>Find a Conce&amp;pt</source>
        <translation>&amp;Begriff suchen</translation>
    </message>
    <message>
        <source>A&amp;ssociations of a Concept</source>
        <translation>&amp;Verknüpfungen eines Begriffs</translation>
    </message>
    <message>
        <source>&amp;New Collection…</source>
        <translation>Neue &amp;Sammlung…</translation>
    </message>
    <message>
        <source>Pro&amp;jects…</source>
        <translation>Pro&amp;jekte…</translation>
    </message>
    <message>
        <source>Ren&amp;ame Collection…</source>
        <translation>Sammlung &amp;umbenennen…</translation>
    </message>
    <message>
        <source>Remove &amp;Collection</source>
        <translation>Sammlung &amp;entfernen</translation>
    </message>
    <message>
        <source>&amp;Tags…</source>
        <translation>Schla&amp;gwörter…</translation>
    </message>
    <message>
        <source>Edit Title and A&amp;uthors</source>
        <translation>&amp;Titel und Autoren ändern</translation>
    </message>
    <message>
        <source>Re-inde&amp;x</source>
        <translation>Neu inde&amp;xieren</translation>
    </message>
    <message>
        <source>Re-&amp;index All</source>
        <translation>&amp;Alle neu indexieren</translation>
    </message>
    <message>
        <source>Op&amp;en Original</source>
        <translation>&amp;Original öffnen</translation>
    </message>
    <message>
        <source>Show in &amp;Folder</source>
        <translation>Im Ordner &amp;zeigen</translation>
    </message>
    <message>
        <source>Open in Bro&amp;wser</source>
        <translation>Im Bro&amp;wser öffnen</translation>
    </message>
    <message>
        <source>&amp;Locate Original…</source>
        <translation>Origina&amp;l suchen…</translation>
    </message>
    <message>
        <source>&amp;Move to Trash</source>
        <translation>In den &amp;Papierkorb</translation>
    </message>
    <message>
        <source>&amp;Restore</source>
        <translation>Wiede&amp;rherstellen</translation>
    </message>
    <message>
        <source>Delete for &amp;Good…</source>
        <translation>Endgültig lös&amp;chen…</translation>
    </message>
    <message>
        <source>Empt&amp;y Trash…</source>
        <translation>Papier&amp;korb leeren…</translation>
    </message>
    <message>
        <source>&amp;Ask</source>
        <translation>&amp;Fragen</translation>
    </message>
    <message>
        <source>&amp;Focus the Question</source>
        <translation>Zur &amp;Frage</translation>
    </message>
    <message>
        <source>New &amp;Thread</source>
        <translation>&amp;Neues Gespräch</translation>
    </message>
    <message>
        <source>Ask the Chosen &amp;Collection</source>
        <translation>Die gewählte &amp;Sammlung fragen</translation>
    </message>
    <message>
        <source>Ask This &amp;Source Alone</source>
        <translation>Nur diese &amp;Quelle fragen</translation>
    </message>
    <message>
        <source>Ask in a Ta&amp;ble…</source>
        <translation>In einer Ta&amp;belle fragen …</translation>
    </message>
    <message>
        <source>&amp;Briefing</source>
        <translation>&amp;Zusammenfassung</translation>
    </message>
    <message>
        <source>Wr&amp;ite</source>
        <translation>Schre&amp;iben</translation>
    </message>
    <message>
        <source>&amp;Questions with Answers</source>
        <translation>&amp;Fragen mit Antworten</translation>
    </message>
    <message>
        <source>&amp;Timeline</source>
        <translation>Zeit&amp;verlauf</translation>
    </message>
    <message>
        <source>&amp;Glossary</source>
        <translation>&amp;Glossar</translation>
    </message>
    <message>
        <source>Make &amp;Cards of These Questions</source>
        <translation>&amp;Karten aus diesen Fragen machen</translation>
    </message>
    <message>
        <source>T&amp;ables</source>
        <translation>Tabe&amp;llen</translation>
    </message>
    <message>
        <source>Earlier &amp;Questions…</source>
        <translation>F&amp;rühere Fragen…</translation>
    </message>
    <message>
        <source>&amp;Watch the Recall in the Brain</source>
        <translation>Abruf im Gehirn &amp;ansehen</translation>
    </message>
    <message>
        <source>&amp;Remember Something…</source>
        <translation>Etwas &amp;merken…</translation>
    </message>
    <message>
        <source>&amp;Memory</source>
        <translation>&amp;Gedächtnis</translation>
    </message>
    <message>
        <source>&amp;Sleep Now</source>
        <translation>&amp;Jetzt schlafen</translation>
    </message>
    <message>
        <source>&amp;Preview Sleep…</source>
        <translation>&amp;Vorschau des Schlafs…</translation>
    </message>
    <message>
        <source>&amp;Undo Last Sleep</source>
        <translation>Letzten Schlaf &amp;rückgängig machen</translation>
    </message>
    <message>
        <source>Sleep Se&amp;ttings…</source>
        <translation>&amp;Einstellungen zum Schlaf…</translation>
    </message>
    <message>
        <source>Show &amp;Fading</source>
        <translation>Verblassendes zei&amp;gen</translation>
    </message>
    <message>
        <source>&amp;Vault…</source>
        <translation>&amp;Tresor…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;Guide</source>
        <translation>&amp;Handbuch</translation>
    </message>
    <message>
        <source>&amp;Features and Setup</source>
        <translation>&amp;Funktionen und Einrichtung</translation>
    </message>
    <message>
        <source>Pri&amp;vacy and Data</source>
        <translation>&amp;Datenschutz und Daten</translation>
    </message>
    <message>
        <source>Check for &amp;Updates…</source>
        <translation>Nach &amp;Updates suchen …</translation>
    </message>
    <message>
        <source>&amp;About Engram Workbench</source>
        <translation>Ü&amp;ber Engram Workbench</translation>
    </message>
    <message>
        <source>Idea</source>
        <translation>Idee</translation>
    </message>
    <message>
        <source>Aim</source>
        <translation>Absicht</translation>
    </message>
    <message>
        <source>Sense</source>
        <translation>Sinneseindruck</translation>
    </message>
    <message>
        <source>when</source>
        <translation>wann</translation>
    </message>
    <message>
        <source>what happened</source>
        <translation>was geschah</translation>
    </message>
    <message>
        <source>later</source>
        <translation>später</translation>
    </message>
    <message>
        <source>earlier</source>
        <translation>früher</translation>
    </message>
    <message>
        <source>during</source>
        <translation>während</translation>
    </message>
    <message>
        <source>meanwhile</source>
        <translation>währenddessen</translation>
    </message>
    <message>
        <source>cause</source>
        <translation>Ursache</translation>
    </message>
    <message>
        <source>effect</source>
        <translation>Wirkung</translation>
    </message>
    <message>
        <source>leads to</source>
        <translation>führt zu</translation>
    </message>
    <message>
        <source>comes from</source>
        <translation>kommt von</translation>
    </message>
    <message>
        <source>enables</source>
        <translation>ermöglicht</translation>
    </message>
    <message>
        <source>enabled by</source>
        <translation>ermöglicht durch</translation>
    </message>
    <message>
        <source>prevents</source>
        <translation>verhindert</translation>
    </message>
    <message>
        <source>prevented by</source>
        <translation>verhindert durch</translation>
    </message>
    <message>
        <source>named with</source>
        <translation>zusammen genannt mit</translation>
    </message>
    <message>
        <source>related</source>
        <translation>verwandt</translation>
    </message>
    <message>
        <source>similar</source>
        <translation>ähnlich</translation>
    </message>
    <message>
        <source>is a</source>
        <translation>ist ein</translation>
    </message>
    <message>
        <source>example</source>
        <translation>Beispiel</translation>
    </message>
    <message>
        <source>is so</source>
        <translation>ist so</translation>
    </message>
    <message>
        <source>said of</source>
        <translation>gesagt von</translation>
    </message>
    <message>
        <source>involves</source>
        <translation>betrifft</translation>
    </message>
    <message>
        <source>part in</source>
        <translation>beteiligt an</translation>
    </message>
    <message>
        <source>where</source>
        <translation>wo</translation>
    </message>
    <message>
        <source>what is there</source>
        <translation>was dort ist</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>enthält</translation>
    </message>
    <message>
        <source>part of</source>
        <translation>Teil von</translation>
    </message>
    <message>
        <source>felt</source>
        <translation>empfand</translation>
    </message>
    <message>
        <source>felt by</source>
        <translation>empfunden von</translation>
    </message>
    <message>
        <source>evokes</source>
        <translation>ruft hervor</translation>
    </message>
    <message>
        <source>evoked by</source>
        <translation>hervorgerufen von</translation>
    </message>
    <message>
        <source>contradicts</source>
        <translation>widerspricht</translation>
    </message>
    <message>
        <source>resolved by</source>
        <translation>gelöst durch</translation>
    </message>
    <message>
        <source>resolves</source>
        <translation>löst</translation>
    </message>
    <message>
        <source>replaces</source>
        <translation>ersetzt</translation>
    </message>
    <message>
        <source>replaced by</source>
        <translation>ersetzt durch</translation>
    </message>
    <message>
        <source>grew from</source>
        <translation>entstanden aus</translation>
    </message>
    <message>
        <source>became</source>
        <translation>wurde zu</translation>
    </message>
    <message>
        <source>owns</source>
        <translation>besitzt</translation>
    </message>
    <message>
        <source>owned by</source>
        <translation>gehört</translation>
    </message>
    <message>
        <source>has as a part</source>
        <translation>hat als Teil</translation>
    </message>
    <message>
        <source>member of</source>
        <translation>Mitglied von</translation>
    </message>
    <message>
        <source>has as a member</source>
        <translation>hat als Mitglied</translation>
    </message>
    <message>
        <source>works for</source>
        <translation>arbeitet für</translation>
    </message>
    <message>
        <source>who works there</source>
        <translation>wer dort arbeitet</translation>
    </message>
    <message>
        <source>made</source>
        <translation>schuf</translation>
    </message>
    <message>
        <source>made by</source>
        <translation>gemacht von</translation>
    </message>
    <message>
        <source>influenced</source>
        <translation>beeinflusste</translation>
    </message>
    <message>
        <source>influenced by</source>
        <translation>beeinflusst von</translation>
    </message>
    <message>
        <source>kin of</source>
        <translation>verwandt mit</translation>
    </message>
    <message>
        <source>stands to</source>
        <translation>steht zu</translation>
    </message>
    <message>
        <source>also called</source>
        <translation>auch genannt</translation>
    </message>
    <message>
        <source>acts on</source>
        <translation>wirkt auf</translation>
    </message>
    <message>
        <source>acted on by</source>
        <translation>beeinflusst durch</translation>
    </message>
    <message>
        <source>said not to</source>
        <translation>angeblich nicht</translation>
    </message>
</context>
<context>
    <name>count</name>
    <message numerus="yes">
        <source>{failed} needs attention</source>
        <translation><numerusform>{failed} braucht Aufmerksamkeit</numerusform><numerusform>{failed} brauchen Aufmerksamkeit</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>file</source>
        <translation><numerusform>Datei</numerusform><numerusform>Dateien</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>without page {pages}</source>
        <translation><numerusform>ohne Seite {pages}</numerusform><numerusform>ohne Seiten {pages}</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>source</source>
        <translation><numerusform>Quelle</numerusform><numerusform>Quellen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>passage</source>
        <translation><numerusform>Stelle</numerusform><numerusform>Stellen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>sentence</source>
        <translation><numerusform>Satz</numerusform><numerusform>Sätze</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{places} other place says the same</source>
        <translation><numerusform>{places} weitere Stelle sagt dasselbe</numerusform><numerusform>{places} weitere Stellen sagen dasselbe</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>quote</source>
        <translation><numerusform>Zitat</numerusform><numerusform>Zitate</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>link</source>
        <translation><numerusform>Verknüpfung</numerusform><numerusform>Verknüpfungen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>concept</source>
        <translation><numerusform>Begriff</numerusform><numerusform>Begriffe</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>step</source>
        <translation><numerusform>Schritt</numerusform><numerusform>Schritte</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>name</source>
        <translation><numerusform>Name</numerusform><numerusform>Namen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>other link</source>
        <translation><numerusform>weitere Verknüpfung</numerusform><numerusform>weitere Verknüpfungen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>statement</source>
        <translation><numerusform>Aussage</numerusform><numerusform>Aussagen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>other concept</source>
        <translation><numerusform>anderer Begriff</numerusform><numerusform>andere Begriffe</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>neuron</source>
        <translation><numerusform>Neuron</numerusform><numerusform>Neuronen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>memory</source>
        <translation><numerusform>Notiz</numerusform><numerusform>Notizen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>minute</source>
        <translation><numerusform>Minute</numerusform><numerusform>Minuten</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>million</source>
        <translation><numerusform>Million</numerusform><numerusform>Millionen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>billion</source>
        <translation><numerusform>Milliarde</numerusform><numerusform>Milliarden</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>mention</source>
        <translation><numerusform>Erwähnung</numerusform><numerusform>Erwähnungen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>memory says</source>
        <translation><numerusform>Notiz sagt</numerusform><numerusform>Notizen sagen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>In “{name}”. Press to take it out.</source>
        <translation><numerusform>In „{name}“. Drücken, um sie herauszunehmen.</numerusform><numerusform>In „{name}“. Drücken, um sie herauszunehmen.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>page</source>
        <translation><numerusform>Seite</numerusform><numerusform>Seiten</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Filter {sources} source</source>
        <translation><numerusform>{sources} Quelle filtern</numerusform><numerusform>{sources} Quellen filtern</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>old one</source>
        <translation><numerusform>alte Notiz</numerusform><numerusform>alte Notizen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>note</source>
        <translation><numerusform>Notiz</numerusform><numerusform>Notizen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>place</source>
        <translation><numerusform>Fundstelle</numerusform><numerusform>Fundstellen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>other</source>
        <translation><numerusform>weitere</numerusform><numerusform>weitere</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>picture</source>
        <translation><numerusform>Bild</numerusform><numerusform>Bilder</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Forget what {pictures} shows?</source>
        <translation><numerusform>Vergessen, was {pictures} zeigt?</numerusform><numerusform>Vergessen, was {pictures} zeigen?</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>vector</source>
        <translation><numerusform>Vektor</numerusform><numerusform>Vektoren</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>day</source>
        <translation><numerusform>Tag</numerusform><numerusform>Tage</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>difference</source>
        <translation><numerusform>Unterschied</numerusform><numerusform>Unterschiede</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>chosen source</source>
        <translation><numerusform>gewählte Quelle</numerusform><numerusform>gewählte Quellen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>date</source>
        <translation><numerusform>Datum</numerusform><numerusform>Daten</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>year</source>
        <translation><numerusform>Jahr</numerusform><numerusform>Jahre</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>hour</source>
        <translation><numerusform>Stunde</numerusform><numerusform>Stunden</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>review</source>
        <translation><numerusform>Wiederholung</numerusform><numerusform>Wiederholungen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>highlight</source>
        <translation><numerusform>Markierung</numerusform><numerusform>Markierungen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>problem</source>
        <translation><numerusform>Problem</numerusform><numerusform>Probleme</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>tag</source>
        <translation><numerusform>Schlagwort</numerusform><numerusform>Schlagwörter</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{links} link</source>
        <translation><numerusform>{links} Link</numerusform><numerusform>{links} Links</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>word</source>
        <translation><numerusform>Wort</numerusform><numerusform>Wörter</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>fact</source>
        <translation><numerusform>Fakt</numerusform><numerusform>Fakten</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>change</source>
        <translation><numerusform>Änderung</numerusform><numerusform>Änderungen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{things} of yours waits and nothing is lost.</source>
        <translation><numerusform>{things} von Ihnen wartet, und nichts ist verloren.</numerusform><numerusform>{things} von Ihnen warten, und nichts ist verloren.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>video</source>
        <translation><numerusform>Video</numerusform><numerusform>Videos</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{near} is on this computer or your own network, not on the public web. Add it only if you know the page.</source>
        <translation><numerusform>{near} liegt auf diesem Computer oder in Ihrem eigenen Netz, nicht im öffentlichen Web. Fügen Sie es nur hinzu, wenn Sie die Seite kennen.</numerusform><numerusform>{near} liegen auf diesem Computer oder in Ihrem eigenen Netz, nicht im öffentlichen Web. Fügen Sie es nur hinzu, wenn Sie die Seite kennen.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>other line</source>
        <translation><numerusform>weitere Zeile</numerusform><numerusform>weitere Zeilen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>later change</source>
        <translation><numerusform>spätere Änderung</numerusform><numerusform>spätere Änderungen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{count} card made</source>
        <translation><numerusform>{count} Karte gemacht</numerusform><numerusform>{count} Karten gemacht</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>file waits</source>
        <translation><numerusform>Datei wartet</numerusform><numerusform>Dateien warten</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>file or folder</source>
        <translation><numerusform>Datei oder Ordner</numerusform><numerusform>Dateien und Ordner</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>relationship</source>
        <translation><numerusform>Verweis</numerusform><numerusform>Verweise</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>pattern</source>
        <translation><numerusform>Muster</numerusform><numerusform>Muster</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>view</source>
        <translation><numerusform>Sicht</numerusform><numerusform>Sichten</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>table</source>
        <translation><numerusform>Tabelle</numerusform><numerusform>Tabellen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>piece</source>
        <translation><numerusform>Teil</numerusform><numerusform>Teile</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>text</source>
        <translation><numerusform>Text</numerusform><numerusform>Texte</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>hop</source>
        <translation><numerusform>Schritt</numerusform><numerusform>Schritte</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{left} being recognised</source>
        <translation><numerusform>{left} wird erkannt</numerusform><numerusform>{left} werden erkannt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>book</source>
        <translation><numerusform>Buch</numerusform><numerusform>Bücher</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>character</source>
        <translation><numerusform>Zeichen</numerusform><numerusform>Zeichen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>folder</source>
        <translation><numerusform>Ordner</numerusform><numerusform>Ordner</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>function</source>
        <translation><numerusform>Funktion</numerusform><numerusform>Funktionen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>other file</source>
        <translation><numerusform>andere Datei</numerusform><numerusform>andere Dateien</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>paper</source>
        <translation><numerusform>Aufsatz</numerusform><numerusform>Aufsätze</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>PDF</source>
        <translation><numerusform>PDF</numerusform><numerusform>PDFs</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>recording</source>
        <translation><numerusform>Aufnahme</numerusform><numerusform>Aufnahmen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>size</source>
        <translation><numerusform>Größe</numerusform><numerusform>Größen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>question</source>
        <translation><numerusform>Frage</numerusform><numerusform>Fragen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} saved answer permanently deleted</source>
        <translation><numerusform>{n} gespeicherte Antwort endgültig gelöscht</numerusform><numerusform>{n} gespeicherte Antworten endgültig gelöscht</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} memory archived</source>
        <translation><numerusform>{n} Notiz archiviert</numerusform><numerusform>{n} Notizen archiviert</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} memory unarchived</source>
        <translation><numerusform>{n} Notiz aus dem Archiv geholt</numerusform><numerusform>{n} Notizen aus dem Archiv geholt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>link accepted or rejected</source>
        <translation><numerusform>Verknüpfung angenommen oder abgelehnt</numerusform><numerusform>Verknüpfung angenommen oder abgelehnt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>card written</source>
        <translation><numerusform>Karte geschrieben</numerusform><numerusform>Karte geschrieben</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>cell of a table corrected</source>
        <translation><numerusform>Zelle einer Tabelle berichtigt</numerusform><numerusform>Zelle einer Tabelle berichtigt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>collection added</source>
        <translation><numerusform>Sammlung angelegt</numerusform><numerusform>Sammlung angelegt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>collection changed</source>
        <translation><numerusform>Sammlung geändert</numerusform><numerusform>Sammlung geändert</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>collection removed</source>
        <translation><numerusform>Sammlung entfernt</numerusform><numerusform>Sammlung entfernt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>concept renamed</source>
        <translation><numerusform>Begriff umbenannt</numerusform><numerusform>Begriff umbenannt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>type of a concept changed</source>
        <translation><numerusform>Art eines Begriffs geändert</numerusform><numerusform>Art eines Begriffs geändert</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>concept split</source>
        <translation><numerusform>Begriff geteilt</numerusform><numerusform>Begriff geteilt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>concepts merged</source>
        <translation><numerusform>Begriffe vereinigt</numerusform><numerusform>Begriffe vereinigt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} memory consolidated</source>
        <translation><numerusform>{n} Notiz zusammengeführt</numerusform><numerusform>{n} Notizen zusammengeführt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>contradiction reopened</source>
        <translation><numerusform>Widerspruch wieder offen</numerusform><numerusform>Widerspruch wieder offen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>contradiction resolved</source>
        <translation><numerusform>Widerspruch gelöst</numerusform><numerusform>Widerspruch gelöst</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} memory changed</source>
        <translation><numerusform>{n} Notiz geändert</numerusform><numerusform>{n} Notizen geändert</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>difference between sources dismissed</source>
        <translation><numerusform>Unterschied zwischen Quellen verworfen</numerusform><numerusform>Unterschied zwischen Quellen verworfen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>difference between sources reopened</source>
        <translation><numerusform>Unterschied zwischen Quellen wieder offen</numerusform><numerusform>Unterschied zwischen Quellen wieder offen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>difference between sources settled</source>
        <translation><numerusform>Unterschied zwischen Quellen geklärt</numerusform><numerusform>Unterschied zwischen Quellen geklärt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>expiry of {n} memory changed</source>
        <translation><numerusform>Ablauf von {n} Notiz geändert</numerusform><numerusform>Ablauf von {n} Notizen geändert</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} memory permanently deleted</source>
        <translation><numerusform>{n} Notiz endgültig gelöscht</numerusform><numerusform>{n} Notizen endgültig gelöscht</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>highlight added</source>
        <translation><numerusform>Markierung angelegt</numerusform><numerusform>Markierung angelegt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>highlight changed</source>
        <translation><numerusform>Markierung geändert</numerusform><numerusform>Markierung geändert</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} highlight imported</source>
        <translation><numerusform>{n} Markierung übernommen</numerusform><numerusform>{n} Markierungen übernommen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>import</source>
        <translation><numerusform>Import</numerusform><numerusform>Import</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>note added</source>
        <translation><numerusform>Notiz angelegt</numerusform><numerusform>Notiz angelegt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>note edited</source>
        <translation><numerusform>Notiz geändert</numerusform><numerusform>Notiz geändert</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} note deleted</source>
        <translation><numerusform>{n} Notiz gelöscht</numerusform><numerusform>{n} Notizen gelöscht</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} memory pinned</source>
        <translation><numerusform>{n} Notiz angeheftet</numerusform><numerusform>{n} Notizen angeheftet</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>project added</source>
        <translation><numerusform>Projekt angelegt</numerusform><numerusform>Projekt angelegt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>project changed</source>
        <translation><numerusform>Projekt geändert</numerusform><numerusform>Projekt geändert</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>project ended</source>
        <translation><numerusform>Projekt beendet</numerusform><numerusform>Projekt beendet</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>idea accepted or rejected</source>
        <translation><numerusform>Idee angenommen oder abgelehnt</numerusform><numerusform>Idee angenommen oder abgelehnt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} memory reinforced</source>
        <translation><numerusform>{n} Notiz verstärkt</numerusform><numerusform>{n} Notizen verstärkt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} review put off until tomorrow</source>
        <translation><numerusform>{n} Wiederholung auf morgen verschoben</numerusform><numerusform>{n} Wiederholungen auf morgen verschoben</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} memory kept for review</source>
        <translation><numerusform>{n} Notiz zum Wiederholen vorgemerkt</numerusform><numerusform>{n} Notizen zum Wiederholen vorgemerkt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} memory removed from review</source>
        <translation><numerusform>{n} Notiz wird nicht mehr wiederholt</numerusform><numerusform>{n} Notizen werden nicht mehr wiederholt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} memory reviewed</source>
        <translation><numerusform>{n} Notiz wiederholt</numerusform><numerusform>{n} Notizen wiederholt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>sleep</source>
        <translation><numerusform>Schlaf</numerusform><numerusform>Schlaf</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>details of {n} source changed</source>
        <translation><numerusform>Angaben zu {n} Quelle geändert</numerusform><numerusform>Angaben zu {n} Quellen geändert</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} source added</source>
        <translation><numerusform>{n} Quelle hinzugefügt</numerusform><numerusform>{n} Quellen hinzugefügt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} source permanently deleted</source>
        <translation><numerusform>{n} Quelle endgültig gelöscht</numerusform><numerusform>{n} Quellen endgültig gelöscht</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} source moved to the trash</source>
        <translation><numerusform>{n} Quelle in den Papierkorb gelegt</numerusform><numerusform>{n} Quellen in den Papierkorb gelegt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} source restored</source>
        <translation><numerusform>{n} Quelle wiederhergestellt</numerusform><numerusform>{n} Quellen wiederhergestellt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>statement edited</source>
        <translation><numerusform>Aussage geändert</numerusform><numerusform>Aussage geändert</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} statement remembered</source>
        <translation><numerusform>{n} Aussage gemerkt</numerusform><numerusform>{n} Aussagen gemerkt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} memory strengthened</source>
        <translation><numerusform>{n} Notiz gestärkt</numerusform><numerusform>{n} Notizen gestärkt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>table added</source>
        <translation><numerusform>Tabelle angelegt</numerusform><numerusform>Tabelle angelegt</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>table changed</source>
        <translation><numerusform>Tabelle geändert</numerusform><numerusform>Tabelle geändert</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>table deleted</source>
        <translation><numerusform>Tabelle gelöscht</numerusform><numerusform>Tabelle gelöscht</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>tags of {n} source changed</source>
        <translation><numerusform>Schlagwörter von {n} Quelle geändert</numerusform><numerusform>Schlagwörter von {n} Quellen geändert</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} memory unpinned</source>
        <translation><numerusform>{n} Notiz nicht mehr angeheftet</numerusform><numerusform>{n} Notizen nicht mehr angeheftet</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{n} version permanently deleted</source>
        <translation><numerusform>{n} Fassung endgültig gelöscht</numerusform><numerusform>{n} Fassungen endgültig gelöscht</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>version restored</source>
        <translation><numerusform>Fassung wiederhergestellt</numerusform><numerusform>Fassung wiederhergestellt</numerusform></translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source>Nothing was sent: this library has not been allowed to send texts to {}.</source>
        <translation>Es wurde nichts gesendet: Diese Bibliothek darf noch keine Texte an {} senden.</translation>
    </message>
    <message>
        <source>See what would be sent, and allow it: workbench models sending allow</source>
        <translation>Sehen Sie, was gesendet würde, und erlauben Sie es: workbench models sending allow</translation>
    </message>
    <message>
        <source>This library is marked never to be sent to another computer, and {} is one.</source>
        <translation>Diese Bibliothek soll nie an einen anderen Computer gesendet werden, und {} ist einer.</translation>
    </message>
    <message>
        <source>Use a model server on this computer.</source>
        <translation>Verwenden Sie einen Modellserver auf diesem Computer.</translation>
    </message>
    <message>
        <source>The language model finds the answer here.</source>
        <translation>Das Sprachmodell findet hier die Antwort.</translation>
    </message>
    <message>
        <source>The keyring of this system cannot be used.</source>
        <translation>Der Schlüsselbund dieses Systems ist nicht benutzbar.</translation>
    </message>
    <message>
        <source>Unlock or install one (GNOME Keyring, KWallet, macOS Keychain, Windows Credentials).</source>
        <translation>Entsperren oder installieren Sie einen (GNOME Keyring, KWallet, macOS-Schlüsselbund, Windows-Anmeldeinformationen).</translation>
    </message>
    <message>
        <source>The key cannot be kept: the package `keyring` is missing.</source>
        <translation>Der Schlüssel kann nicht aufbewahrt werden: Das Paket `keyring` fehlt.</translation>
    </message>
    <message>
        <source>A key is not sent to {} without encryption.</source>
        <translation>Ein Schlüssel wird nicht unverschlüsselt an {} gesendet.</translation>
    </message>
    <message>
        <source>There is nothing to write of in these sources.</source>
        <translation>In diesen Quellen gibt es nichts, worüber sich schreiben lässt.</translation>
    </message>
    <message>
        <source>Choose others, or another kind of study.</source>
        <translation>Wählen Sie andere oder etwas anderes zu schreiben.</translation>
    </message>
    <message>
        <source>Version {} is the newest.</source>
        <translation>Version {} ist die neueste.</translation>
    </message>
    <message>
        <source>Version {} has been released; this is version {}.</source>
        <translation>Version {} ist erschienen; dies ist Version {}.</translation>
    </message>
    <message>
        <source>This copy of the program has no address of releases.</source>
        <translation>Diese Kopie des Programms hat keine Adresse von Veröffentlichungen.</translation>
    </message>
    <message>
        <source>What was sent does not name a version.</source>
        <translation>Die Antwort nennt keine Version.</translation>
    </message>
    <message>
        <source>Look where you got the program.</source>
        <translation>Sehen Sie dort nach, woher Sie das Programm haben.</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>Zugriff verweigert</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>Datei oder Ordner nicht gefunden</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>kein Platz mehr</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>nur lesbar</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>Ein-/Ausgabefehler</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>Name zu lang</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>ist ein Ordner</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>ist kein Ordner</translation>
    </message>
    <message>
        <source>nothing is near enough in meaning.</source>
        <translation>nichts ist dem Sinn nach nah genug.</translation>
    </message>
    <message>
        <source>no embedding model has read this library yet (workbench models).</source>
        <translation>noch hat kein Einbettungsmodell diese Bibliothek gelesen (workbench models).</translation>
    </message>
    <message>
        <source>Check the name, or open it for writing.</source>
        <translation>Prüfen Sie den Namen, oder öffnen Sie sie zum Schreiben.</translation>
    </message>
    <message>
        <source>The disk with {} is full; nothing that was stored before is lost.</source>
        <translation>Die Platte mit {} ist voll; was schon gespeichert war, ist nicht verloren.</translation>
    </message>
    <message>
        <source>Free some space and try again.</source>
        <translation>Schaffen Sie Platz, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Free some space, then try again.</source>
        <translation>Schaffen Sie Platz, und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>The library {} is being written by another program.</source>
        <translation>Ein anderes Programm schreibt gerade in die Bibliothek {}.</translation>
    </message>
    <message>
        <source>Wait until it has finished, or close it, and try again.</source>
        <translation>Warten Sie, bis es fertig ist, oder schließen Sie es, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>{} is not a library of Engram Workbench; it was not touched.</source>
        <translation>{} ist keine Bibliothek von Engram Workbench; die Datei blieb unberührt.</translation>
    </message>
    <message>
        <source>Choose a .brain file, or a new name to start an empty library.</source>
        <translation>Wählen Sie eine .brain-Datei, oder einen neuen Namen für eine leere Bibliothek.</translation>
    </message>
    <message>
        <source>{} is empty and no library; it was not touched.</source>
        <translation>{} ist leer und keine Bibliothek; die Datei blieb unberührt.</translation>
    </message>
    <message>
        <source>Delete it to start a library of this name, restore a backup, or choose another name.</source>
        <translation>Löschen Sie sie, um eine Bibliothek dieses Namens anzulegen, stellen Sie eine Sicherung wieder her, oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>The library {} is damaged or cut off; it was not touched.</source>
        <translation>Die Bibliothek {} ist beschädigt oder abgeschnitten; sie blieb unberührt.</translation>
    </message>
    <message>
        <source>Restore it from a backup, copy it again from where it came from, or save what can be read:</source>
        <translation>Stellen Sie sie aus einer Sicherung wieder her, kopieren Sie sie noch einmal von ihrer Quelle, oder retten Sie, was lesbar ist:</translation>
    </message>
    <message>
        <source>Save what can be read:</source>
        <translation>Retten Sie, was lesbar ist:</translation>
    </message>
    <message>
        <source>Or restore a backup; workbench verify shows what is damaged, and notices when everything is sound again.</source>
        <translation>Oder stellen Sie eine Sicherung wieder her; workbench verify zeigt, was beschädigt ist, und merkt, wenn alles wieder heil ist.</translation>
    </message>
    <message>
        <source>The library {} is damaged; nothing more is written to it, so that the rest stays readable.</source>
        <translation>Die Bibliothek {} ist beschädigt; es wird nichts mehr in sie geschrieben, damit der Rest lesbar bleibt.</translation>
    </message>
    <message>
        <source>A part of the library {} is damaged.</source>
        <translation>Ein Teil der Bibliothek {} ist beschädigt.</translation>
    </message>
    <message>
        <source>Repair what can be repaired with workbench verify --repair, or restore a backup.</source>
        <translation>Reparieren Sie mit workbench verify --repair, was geht, oder stellen Sie eine Sicherung wieder her.</translation>
    </message>
    <message>
        <source>The library {} is from a version of Engram Workbench before its first release and cannot be opened; it was not touched.</source>
        <translation>Die Bibliothek {} stammt aus der Zeit vor der ersten Ausgabe von Engram Workbench und lässt sich nicht öffnen; sie blieb unberührt.</translation>
    </message>
    <message>
        <source>Export it with the program that wrote it, and import that into a new library.</source>
        <translation>Exportieren Sie sie mit dem Programm, das sie geschrieben hat, und importieren Sie das in eine neue Bibliothek.</translation>
    </message>
    <message>
        <source>The disk with {} could not be read or written.</source>
        <translation>Die Platte mit {} ließ sich nicht lesen oder beschreiben.</translation>
    </message>
    <message>
        <source>Check that it is still connected, then try again.</source>
        <translation>Prüfen Sie, ob sie noch angeschlossen ist, und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>The library {} was deleted, moved or replaced while it was open; nothing was stored.</source>
        <translation>Die Bibliothek {} wurde gelöscht, verschoben oder ersetzt, während sie offen war; nichts wurde gespeichert.</translation>
    </message>
    <message>
        <source>Put it back where it was, or restore a backup and open it again.</source>
        <translation>Legen Sie sie dorthin zurück, oder stellen Sie eine Sicherung wieder her, und öffnen Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>The library {} can only be read here.</source>
        <translation>Die Bibliothek {} lässt sich hier nur lesen.</translation>
    </message>
    <message>
        <source>Copy it to a folder where you may write, and open the copy.</source>
        <translation>Kopieren Sie sie in einen Ordner, in den Sie schreiben dürfen, und öffnen Sie die Kopie.</translation>
    </message>
    <message>
        <source>The library {} is from an older version and can only be read here.</source>
        <translation>Die Bibliothek {} ist von einer älteren Fassung und lässt sich hier nur lesen.</translation>
    </message>
    <message>
        <source>Copy it to a folder where you may write, and open the copy once.</source>
        <translation>Kopieren Sie sie in einen Ordner, in den Sie schreiben dürfen, und öffnen Sie die Kopie einmal.</translation>
    </message>
    <message>
        <source>The library {} could not be opened:</source>
        <translation>Die Bibliothek {} ließ sich nicht öffnen:</translation>
    </message>
    <message>
        <source>too many files are open.</source>
        <translation>Zu viele Dateien sind offen.</translation>
    </message>
    <message>
        <source>Close other programs, or allow more open files (ulimit -n).</source>
        <translation>Schließen Sie andere Programme, oder erlauben Sie mehr offene Dateien (ulimit -n).</translation>
    </message>
    <message>
        <source>The library {} could not be opened.</source>
        <translation>Die Bibliothek {} ließ sich nicht öffnen.</translation>
    </message>
    <message>
        <source>Check that its folder exists and that you may write there.</source>
        <translation>Prüfen Sie, ob es ihren Ordner gibt und Sie dort schreiben dürfen.</translation>
    </message>
    <message>
        <source>The library {} could not be read ({}).</source>
        <translation>Die Bibliothek {} ließ sich nicht lesen ({}).</translation>
    </message>
    <message>
        <source>Check that you may read it, then try again.</source>
        <translation>Prüfen Sie, ob Sie sie lesen dürfen, und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>The library {} was written by a newer Engram Workbench; it was not touched.</source>
        <translation>Die Bibliothek {} hat ein neueres Engram Workbench geschrieben; sie blieb unberührt.</translation>
    </message>
    <message>
        <source>Install the newest version and open it again.</source>
        <translation>Installieren Sie die neueste Fassung, und öffnen Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>The copy {} could not be written ({}).</source>
        <translation>Die Kopie {} ließ sich nicht schreiben ({}).</translation>
    </message>
    <message>
        <source>Choose another place for it, or free some space.</source>
        <translation>Wählen Sie einen anderen Ort, oder schaffen Sie Platz.</translation>
    </message>
    <message>
        <source>The folder {} does not exist.</source>
        <translation>Den Ordner {} gibt es nicht.</translation>
    </message>
    <message>
        <source>Make it first.</source>
        <translation>Legen Sie ihn zuerst an.</translation>
    </message>
    <message>
        <source>Make it first, or choose another.</source>
        <translation>Legen Sie ihn zuerst an, oder wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>Make it first, or choose another place for the library.</source>
        <translation>Legen Sie ihn zuerst an, oder wählen Sie einen anderen Ort für die Bibliothek.</translation>
    </message>
    <message>
        <source>No library can be made in {}:</source>
        <translation>In {} lässt sich keine Bibliothek anlegen:</translation>
    </message>
    <message>
        <source>No library can be written to {}:</source>
        <translation>Nach {} lässt sich keine Bibliothek schreiben:</translation>
    </message>
    <message>
        <source>you may not write there.</source>
        <translation>Sie dürfen dort nicht schreiben.</translation>
    </message>
    <message>
        <source>Choose another place for the library.</source>
        <translation>Wählen Sie einen anderen Ort für die Bibliothek.</translation>
    </message>
    <message>
        <source>Choose another place with --library.</source>
        <translation>Wählen Sie mit --library einen anderen Ort.</translation>
    </message>
    <message>
        <source>The folder {} for the library could not be made ({}).</source>
        <translation>Der Ordner {} für die Bibliothek ließ sich nicht anlegen ({}).</translation>
    </message>
    <message>
        <source>The backup {} is damaged or cut off; nothing was changed.</source>
        <translation>Die Sicherung {} ist beschädigt oder abgeschnitten; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Choose another backup, or copy this one again from where it came from.</source>
        <translation>Wählen Sie eine andere Sicherung, oder kopieren Sie diese noch einmal von ihrer Quelle.</translation>
    </message>
    <message>
        <source>A library cannot be its own backup.</source>
        <translation>Eine Bibliothek kann nicht ihre eigene Sicherung sein.</translation>
    </message>
    <message>
        <source>Choose another name, best on another disk.</source>
        <translation>Wählen Sie einen anderen Namen, am besten auf einer anderen Platte.</translation>
    </message>
    <message>
        <source>{} exists and is not a backup of this library; it was not touched.</source>
        <translation>{} gibt es schon und ist keine Sicherung dieser Bibliothek; die Datei blieb unberührt.</translation>
    </message>
    <message>
        <source>Choose another name for the backup.</source>
        <translation>Wählen Sie einen anderen Namen für die Sicherung.</translation>
    </message>
    <message>
        <source>The backup {} exists already and was not touched.</source>
        <translation>Die Sicherung {} gibt es schon; sie blieb unberührt.</translation>
    </message>
    <message>
        <source>Choose another name or a folder, or replace it with --replace.</source>
        <translation>Wählen Sie einen anderen Namen oder einen Ordner, oder ersetzen Sie sie mit --replace.</translation>
    </message>
    <message>
        <source>There is no backup {}.</source>
        <translation>Es gibt keine Sicherung {}.</translation>
    </message>
    <message>
        <source>Check the name.</source>
        <translation>Prüfen Sie den Namen.</translation>
    </message>
    <message>
        <source>Choose another backup.</source>
        <translation>Wählen Sie eine andere Sicherung.</translation>
    </message>
    <message>
        <source>{} is not a backup of a library.</source>
        <translation>{} ist keine Sicherung einer Bibliothek.</translation>
    </message>
    <message>
        <source>Choose a file that `workbench backup` has made.</source>
        <translation>Wählen Sie eine Datei, die `workbench backup` gemacht hat.</translation>
    </message>
    <message>
        <source>The library {} is open in another program; nothing was changed.</source>
        <translation>Die Bibliothek {} ist in einem anderen Programm offen; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Close it there (the window, a server, a command), then restore again.</source>
        <translation>Schließen Sie sie dort (Fenster, Server, Befehl), und stellen Sie sie dann wieder her.</translation>
    </message>
    <message>
        <source>There is no source with the number {}.</source>
        <translation>Es gibt keine Quelle mit der Nummer {}.</translation>
    </message>
    <message>
        <source>See `workbench list sources`.</source>
        <translation>Siehe `workbench list sources`.</translation>
    </message>
    <message>
        <source>{} is in the trash.</source>
        <translation>{} liegt im Papierkorb.</translation>
    </message>
    <message>
        <source>Restore it with:</source>
        <translation>Holen Sie sie zurück mit:</translation>
    </message>
    <message>
        <source>workbench restore {}</source>
        <translation>workbench restore {}</translation>
    </message>
    <message>
        <source>There is no saved answer {}.</source>
        <translation>Es gibt keine gespeicherte Antwort {}.</translation>
    </message>
    <message>
        <source>List them with:</source>
        <translation>Zeigen Sie sie mit:</translation>
    </message>
    <message>
        <source>workbench answers</source>
        <translation>workbench answers</translation>
    </message>
    <message>
        <source>See them with:</source>
        <translation>Sehen Sie sie mit:</translation>
    </message>
    <message>
        <source>workbench tables list</source>
        <translation>workbench tables list</translation>
    </message>
    <message>
        <source>workbench list memories</source>
        <translation>workbench list memories</translation>
    </message>
    <message>
        <source>There is no table {}.</source>
        <translation>Es gibt keine Tabelle {}.</translation>
    </message>
    <message>
        <source>There is a table {} already.</source>
        <translation>Eine Tabelle {} gibt es schon.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>{} has no such cell.</source>
        <translation>{} hat keine solche Zelle.</translation>
    </message>
    <message>
        <source>See its sources and questions with:</source>
        <translation>Ihre Quellen und Fragen zeigt:</translation>
    </message>
    <message>
        <source>workbench tables get NAME</source>
        <translation>workbench tables get NAME</translation>
    </message>
    <message>
        <source>A table needs a name.</source>
        <translation>Eine Tabelle braucht einen Namen.</translation>
    </message>
    <message>
        <source>Write a word or two, such as {}.</source>
        <translation>Schreiben Sie ein oder zwei Wörter, etwa {}.</translation>
    </message>
    <message>
        <source>A question is empty.</source>
        <translation>Eine Frage ist leer.</translation>
    </message>
    <message>
        <source>Write it in words.</source>
        <translation>Schreiben Sie sie in Worten.</translation>
    </message>
    <message>
        <source>There was no text to add.</source>
        <translation>Es war kein Text zum Hinzufügen da.</translation>
    </message>
    <message>
        <source>Paste or pipe some words.</source>
        <translation>Fügen Sie Wörter ein, oder leiten Sie sie her.</translation>
    </message>
    <message>
        <source>{} is not a web address.</source>
        <translation>{} ist keine Webadresse.</translation>
    </message>
    <message>
        <source>Such as https://…</source>
        <translation>Etwa https://…</translation>
    </message>
    <message>
        <source>{} exists and was not touched.</source>
        <translation>{} gibt es schon und blieb unberührt.</translation>
    </message>
    <message>
        <source>The original file is not where it was, or has changed.</source>
        <translation>Die Originaldatei ist nicht mehr, wo sie war, oder hat sich geändert.</translation>
    </message>
    <message>
        <source>Its text is kept and shown instead.</source>
        <translation>Ihr Text ist aufbewahrt und wird stattdessen gezeigt.</translation>
    </message>
    <message>
        <source>This library is read-only here.</source>
        <translation>Diese Bibliothek lässt sich hier nur lesen.</translation>
    </message>
    <message>
        <source>Start the server with --write to change it.</source>
        <translation>Starten Sie den Server mit --write, um sie zu ändern.</translation>
    </message>
    <message>
        <source>This works only on the computer where the library is.</source>
        <translation>Das geht nur auf dem Rechner, auf dem die Bibliothek liegt.</translation>
    </message>
    <message>
        <source>Start it there with `workbench serve`, and check address and port.</source>
        <translation>Starten Sie ihn dort mit `workbench serve`, und prüfen Sie Adresse und Port.</translation>
    </message>
    <message>
        <source>The server at {} does not answer.</source>
        <translation>Der Server unter {} antwortet nicht.</translation>
    </message>
    <message>
        <source>The token and all texts would go to {} unencrypted.</source>
        <translation>Schlüssel und alle Texte gingen unverschlüsselt an {}.</translation>
    </message>
    <message>
        <source>Use an address with https://, or agree to it (--insecure) in a network you trust.</source>
        <translation>Nehmen Sie eine Adresse mit https://, oder stimmen Sie zu (--insecure), wenn Sie dem Netz vertrauen.</translation>
    </message>
    <message>
        <source>What answers at {} is not a library, or its answer broke off.</source>
        <translation>Was unter {} antwortet, ist keine Bibliothek, oder die Antwort brach ab.</translation>
    </message>
    <message>
        <source>{} has expired, and is not told.</source>
        <translation>{} ist abgelaufen und wird nicht gemerkt.</translation>
    </message>
    <message>
        <source>{}: {} is no kind of a statement; told as a fact.</source>
        <translation>{}: {} ist keine Art von Aussage; als Fakt gemerkt.</translation>
    </message>
    <message>
        <source>These captions were generated automatically, not written by hand.</source>
        <translation>Diese Untertitel wurden automatisch erzeugt, nicht von Hand geschrieben.</translation>
    </message>
    <message>
        <source>Names and numbers may be misheard; a quote opens at its second.</source>
        <translation>Namen und Zahlen können verhört sein; ein Zitat öffnet sich an seiner Sekunde.</translation>
    </message>
    <message>
        <source>This list has no videos there.</source>
        <translation>Diese Liste hat dort keine Videos.</translation>
    </message>
    <message>
        <source>Choose another --first.</source>
        <translation>Wählen Sie ein anderes --first.</translation>
    </message>
    <message>
        <source>The folder {} cannot be used ({}).</source>
        <translation>Der Ordner {} ist nicht benutzbar ({}).</translation>
    </message>
    <message>
        <source>Check that you may read and write it, and its disk.</source>
        <translation>Prüfen Sie, ob Sie ihn lesen und schreiben dürfen, und seine Platte.</translation>
    </message>
    <message>
        <source>{} is not a folder.</source>
        <translation>{} ist kein Ordner.</translation>
    </message>
    <message>
        <source>Name a folder for notes.</source>
        <translation>Nennen Sie einen Ordner für Notizen.</translation>
    </message>
    <message>
        <source>{} says nothing.</source>
        <translation>{} sagt nichts.</translation>
    </message>
    <message>
        <source>{} no longer says: {}</source>
        <translation>{} sagt nicht mehr: {}</translation>
    </message>
    <message>
        <source>{} was one statement, and is none or several now.</source>
        <translation>{} war eine Aussage und ist jetzt keine oder mehrere.</translation>
    </message>
    <message>
        <source>{} was changed just now, and is left as it is.</source>
        <translation>{} wurde eben geändert und bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>There is no side {}.</source>
        <translation>Es gibt keine Seite {}.</translation>
    </message>
    <message>
        <source>Keep file or library.</source>
        <translation>Wählen Sie file oder library.</translation>
    </message>
    <message>
        <source>1 memory of the kind {}: a fact here.</source>
        <translation>1 Erinnerung der Art {}: hier ein Fakt.</translation>
    </message>
    <message>
        <source>{} memories of the kind {}: a fact here.</source>
        <translation>{} Erinnerungen der Art {}: hier Fakten.</translation>
    </message>
    <message>
        <source>1 memory is verified or sure there, which has no place here.</source>
        <translation>1 Erinnerung ist dort geprüft oder sicher; dafür ist hier kein Platz.</translation>
    </message>
    <message>
        <source>{} memories are verified or sure there, which has no place here.</source>
        <translation>{} Erinnerungen sind dort geprüft oder sicher; dafür ist hier kein Platz.</translation>
    </message>
    <message>
        <source>1 keyword that NeuralMemory found itself: left out.</source>
        <translation>1 Stichwort, das NeuralMemory selbst fand: weggelassen.</translation>
    </message>
    <message>
        <source>{} keywords that NeuralMemory found itself: left out.</source>
        <translation>{} Stichwörter, die NeuralMemory selbst fand: weggelassen.</translation>
    </message>
    <message>
        <source>1 neuron of which nothing is said: left out.</source>
        <translation>1 Neuron, von dem nichts gesagt wird: weggelassen.</translation>
    </message>
    <message>
        <source>{} neurons of which nothing is said: left out.</source>
        <translation>{} Neuronen, von denen nichts gesagt wird: weggelassen.</translation>
    </message>
    <message>
        <source>The context of 1 memory: left out.</source>
        <translation>Der Kontext von 1 Erinnerung: weggelassen.</translation>
    </message>
    <message>
        <source>The contexts of {} memories: left out.</source>
        <translation>Die Kontexte von {} Erinnerungen: weggelassen.</translation>
    </message>
    <message>
        <source>1 key of other programs in this Redis: left out.</source>
        <translation>1 Schlüssel anderer Programme in diesem Redis: weggelassen.</translation>
    </message>
    <message>
        <source>{} keys of other programs in this Redis: left out.</source>
        <translation>{} Schlüssel anderer Programme in diesem Redis: weggelassen.</translation>
    </message>
    <message>
        <source>1 line is no triple: left out.</source>
        <translation>1 Zeile ist kein Tripel: weggelassen.</translation>
    </message>
    <message>
        <source>{} lines are no triple: left out.</source>
        <translation>{} Zeilen sind keine Tripel: weggelassen.</translation>
    </message>
    <message>
        <source>1 triple was learned more than once there; how often has no place here.</source>
        <translation>1 Tripel wurde dort mehrmals gelernt; wie oft, hat hier keinen Platz.</translation>
    </message>
    <message>
        <source>{} triples were learned more than once there; how often has no place here.</source>
        <translation>{} Tripel wurden dort mehrmals gelernt; wie oft, hat hier keinen Platz.</translation>
    </message>
    <message>
        <source>1 line of {} is no fact: left out.</source>
        <translation>1 Zeile von {} ist kein Fakt: weggelassen.</translation>
    </message>
    <message>
        <source>{} lines of {} are no fact: left out.</source>
        <translation>{} Zeilen von {} sind keine Fakten: weggelassen.</translation>
    </message>
    <message>
        <source>{} is not a Redis dump of neurram, or damaged.</source>
        <translation>{} ist kein Redis-Abzug von neurram oder beschädigt.</translation>
    </message>
    <message>
        <source>Make one with: redis-cli --rdb dump.rdb</source>
        <translation>Erzeugen Sie ihn mit: redis-cli --rdb dump.rdb</translation>
    </message>
    <message>
        <source>{} is not a file of neuron-db, NeuralMemory or Cortex, or damaged.</source>
        <translation>{} ist keine Datei von neuron-db, NeuralMemory oder Cortex oder beschädigt.</translation>
    </message>
    <message>
        <source>Pass token=…: `workbench serve` names the file with it when it starts.</source>
        <translation>Geben Sie token=… an: `workbench serve` nennt beim Start die Datei damit.</translation>
    </message>
    <message>
        <source>`workbench serve` names the file with the right one when it starts.</source>
        <translation>`workbench serve` nennt beim Start die Datei mit dem richtigen.</translation>
    </message>
    <message>
        <source>The library at {} needs a token.</source>
        <translation>Die Bibliothek unter {} braucht ein Token.</translation>
    </message>
    <message>
        <source>The token is wrong for the library at {}.</source>
        <translation>Das Token passt nicht zur Bibliothek unter {}.</translation>
    </message>
    <message>
        <source>A file that is sent becomes a new source.</source>
        <translation>Eine gesendete Datei wird eine neue Quelle.</translation>
    </message>
    <message>
        <source>There is no job {}.</source>
        <translation>Es gibt keinen Auftrag {}.</translation>
    </message>
    <message>
        <source>{} is at least 1.</source>
        <translation>{} ist mindestens 1.</translation>
    </message>
    <message>
        <source>Leave it out for the usual number.</source>
        <translation>Lassen Sie es weg, dann gilt die übliche Zahl.</translation>
    </message>
    <message>
        <source>Check the address; another program or a proxy may answer there.</source>
        <translation>Prüfen Sie die Adresse; vielleicht antwortet dort ein anderes Programm oder ein Proxy.</translation>
    </message>
    <message>
        <source>The certificate of {} has expired.</source>
        <translation>Das Zertifikat von {} ist abgelaufen.</translation>
    </message>
    <message>
        <source>Whoever runs the server renews it; check this machine's clock, too.</source>
        <translation>Wer den Server betreibt, erneuert es; prüfen Sie auch die Uhr dieses Rechners.</translation>
    </message>
    <message>
        <source>Other programs are changing this scope of the vault.</source>
        <translation>Andere Programme ändern gerade diesen Bereich des Tresors.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>This value of the vault is damaged, so it cannot be opened.</source>
        <translation>Dieser Wert des Tresors ist beschädigt und lässt sich nicht öffnen.</translation>
    </message>
    <message>
        <source>Restore the library from a backup:</source>
        <translation>Stellen Sie die Bibliothek aus einer Sicherung wieder her:</translation>
    </message>
    <message>
        <source>workbench restore-backup FILE.</source>
        <translation>workbench restore-backup FILE.</translation>
    </message>
    <message>
        <source>Without a secret there is no vault.</source>
        <translation>Ohne Geheimnis gibt es keinen Tresor.</translation>
    </message>
    <message>
        <source>Give one.</source>
        <translation>Geben Sie eines an.</translation>
    </message>
    <message>
        <source>{} is a device or a pipe, not a file.</source>
        <translation>{} ist ein Gerät oder eine Pipe, keine Datei.</translation>
    </message>
    <message>
        <source>Save its content to a file, or pipe it into `workbench add -`.</source>
        <translation>Speichern Sie den Inhalt in eine Datei, oder leiten Sie ihn in `workbench add -`.</translation>
    </message>
    <message>
        <source>{} could not be opened ({}).</source>
        <translation>{} ließ sich nicht öffnen ({}).</translation>
    </message>
    <message>
        <source>That is not a file name.</source>
        <translation>Das ist kein Dateiname.</translation>
    </message>
    <message>
        <source>Say which file or folder to add.</source>
        <translation>Sagen Sie, welche Datei oder welcher Ordner hinzukommen soll.</translation>
    </message>
    <message>
        <source>{} is still being read, so it cannot be removed.</source>
        <translation>{} wird noch gelesen und lässt sich nicht entfernen.</translation>
    </message>
    <message>
        <source>Cancel its reading first, or wait until it is done.</source>
        <translation>Brechen Sie das Lesen zuerst ab, oder warten Sie, bis es fertig ist.</translation>
    </message>
    <message>
        <source>There is no change {}.</source>
        <translation>Es gibt keine Änderung {}.</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>Es gibt nichts rückgängig zu machen.</translation>
    </message>
    <message>
        <source>There is nothing to do again.</source>
        <translation>Es gibt nichts zu wiederholen.</translation>
    </message>
    <message>
        <source>See `workbench changes`.</source>
        <translation>Siehe `workbench changes`.</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Change {} was already undone.</source>
        <translation>Die Änderung {} war schon rückgängig gemacht.</translation>
    </message>
    <message>
        <source>Change {} was already done.</source>
        <translation>Die Änderung {} war schon gemacht.</translation>
    </message>
    <message>
        <source>Change {} is too long ago to be undone, or what it was about is gone.</source>
        <translation>Die Änderung {} ist zu lange her, oder worum es ging, ist nicht mehr da.</translation>
    </message>
    <message>
        <source>What was done in the last {} days can be.</source>
        <translation>Was in den letzten {} Tagen getan wurde, lässt sich zurücknehmen.</translation>
    </message>
    <message>
        <source>What change {} was about was changed again since; nothing was undone.</source>
        <translation>Worum es bei der Änderung {} ging, wurde seither wieder geändert; nichts wurde zurückgenommen.</translation>
    </message>
    <message>
        <source>Undo change {} first.</source>
        <translation>Machen Sie zuerst die Änderung {} rückgängig.</translation>
    </message>
    <message>
        <source>There is no fact or note {}.</source>
        <translation>Es gibt keinen Fakt und keine Notiz {}.</translation>
    </message>
    <message>
        <source>See `workbench list memories --json` for those.</source>
        <translation>Siehe `workbench list memories --json`.</translation>
    </message>
    <message>
        <source>No memory contains the words {}.</source>
        <translation>Keine Notiz enthält die Wörter {}.</translation>
    </message>
    <message>
        <source>See what there is with:</source>
        <translation>Sehen Sie, was da ist, mit:</translation>
    </message>
    <message>
        <source>Nothing was given to forget.</source>
        <translation>Es wurde nichts zum Vergessen genannt.</translation>
    </message>
    <message>
        <source>Give words from the statements to forget.</source>
        <translation>Nennen Sie Wörter aus den Aussagen, die vergessen werden sollen.</translation>
    </message>
    <message>
        <source>Give words from the statements to forget, or say all.</source>
        <translation>Nennen Sie Wörter aus den Aussagen, die vergessen werden sollen, oder sagen Sie alle.</translation>
    </message>
    <message>
        <source>{} stands in too many statements to be forgotten by.</source>
        <translation>{} steht in zu vielen Aussagen, um danach zu vergessen.</translation>
    </message>
    <message>
        <source>Give more words of the statements to forget.</source>
        <translation>Nennen Sie mehr Wörter der Aussagen, die vergessen werden sollen.</translation>
    </message>
    <message>
        <source>No words were given.</source>
        <translation>Es wurden keine Wörter genannt.</translation>
    </message>
    <message>
        <source>Give words that occur in the statements.</source>
        <translation>Nennen Sie Wörter, die in den Aussagen vorkommen.</translation>
    </message>
    <message>
        <source>{} is not a date or time.</source>
        <translation>{} ist kein Datum und keine Zeit.</translation>
    </message>
    <message>
        <source>What {} sent is empty.</source>
        <translation>Was {} geschickt hat, ist leer.</translation>
    </message>
    <message>
        <source>What {} sent was cut off or damaged.</source>
        <translation>Was {} geschickt hat, war abgeschnitten oder beschädigt.</translation>
    </message>
    <message>
        <source>Retry it.</source>
        <translation>Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>What {} sends is larger than the {} MB that are fetched.</source>
        <translation>Was {} schickt, ist größer als die {} MB, die geholt werden.</translation>
    </message>
    <message>
        <source>Download it with a browser, and add the file.</source>
        <translation>Laden Sie es mit einem Browser herunter, und fügen Sie die Datei hinzu.</translation>
    </message>
    <message>
        <source>{} is on this machine or in a private network, and links do not lead there.</source>
        <translation>{} liegt auf diesem Rechner oder in einem privaten Netz; Links führen nicht dorthin.</translation>
    </message>
    <message>
        <source>If you mean it, type the address into the window yourself (Add Link).</source>
        <translation>Wenn Sie das wollen, tippen Sie die Adresse selbst ins Fenster (Link hinzufügen).</translation>
    </message>
    <message>
        <source>{} redirects in circles.</source>
        <translation>{} leitet im Kreis weiter.</translation>
    </message>
    <message>
        <source>No secure connection to {} could be made.</source>
        <translation>Zu {} kam keine sichere Verbindung zustande.</translation>
    </message>
    <message>
        <source>Check that its address begins with https and is right, or save the page in a browser and add the file.</source>
        <translation>Prüfen Sie, ob die Adresse mit https beginnt und stimmt, oder speichern Sie die Seite im Browser und fügen Sie die Datei hinzu.</translation>
    </message>
    <message>
        <source>The connection to {} broke off, or its answer was not valid.</source>
        <translation>Die Verbindung zu {} brach ab, oder die Antwort war ungültig.</translation>
    </message>
    <message>
        <source>Retry it; if that fails, save the page in a browser and add the file.</source>
        <translation>Versuchen Sie es noch einmal; wenn das misslingt, speichern Sie die Seite im Browser und fügen Sie die Datei hinzu.</translation>
    </message>
    <message>
        <source>workbench salvage {} NEW.brain.</source>
        <translation>workbench salvage {} NEU.brain.</translation>
    </message>
    <message>
        <source>final</source>
        <translation>endgültig</translation>
    </message>
    <message>
        <source>{} cannot be undone.</source>
        <translation>{} lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>What was done before it can be undone by its number; see `workbench changes`.</source>
        <translation>Was davor getan wurde, lässt sich mit seiner Nummer rückgängig machen; siehe `workbench changes`.</translation>
    </message>
    <message>
        <source>You set this; the text does not say it.</source>
        <translation>Sie haben dies gesetzt; im Text steht es nicht.</translation>
    </message>
    <message>
        <source>A source needs a title.</source>
        <translation>Eine Quelle braucht einen Titel.</translation>
    </message>
    <message>
        <source>Give it one, or set back what was read.</source>
        <translation>Geben Sie ihr einen, oder setzen Sie zurück, was gelesen wurde.</translation>
    </message>
    <message>
        <source>{} is no date.</source>
        <translation>{} ist kein Datum.</translation>
    </message>
    <message>
        <source>Give a year, or a day such as 2024-04-12.</source>
        <translation>Geben Sie ein Jahr oder einen Tag an, etwa 2024-04-12.</translation>
    </message>
    <message>
        <source>{} is no DOI.</source>
        <translation>{} ist keine DOI.</translation>
    </message>
    <message>
        <source>Give it as 10.1000/182.</source>
        <translation>Geben Sie sie als 10.1000/182 an.</translation>
    </message>
    <message>
        <source>{} is no address.</source>
        <translation>{} ist keine Adresse.</translation>
    </message>
    <message>
        <source>Give an address that begins with https://.</source>
        <translation>Geben Sie eine Adresse an, die mit https:// beginnt.</translation>
    </message>
    <message>
        <source>Most clients</source>
        <translation>Die meisten Programme</translation>
    </message>
    <message>
        <source>the file of settings that holds “mcpServers”</source>
        <translation>die Einstellungsdatei mit „mcpServers“</translation>
    </message>
    <message>
        <source>a terminal</source>
        <translation>ein Terminal</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>Befehlszeile</translation>
    </message>
    <message>
        <source>p.</source>
        <translation>S.</translation>
    </message>
    <message>
        <source>ch.</source>
        <translation>Kap.</translation>
    </message>
    <message>
        <source>of the book</source>
        <translation>des Buchs</translation>
    </message>
    <message>
        <source>of the text</source>
        <translation>des Texts</translation>
    </message>
    <message>
        <source>Fact</source>
        <translation>Fakt</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Über Sie</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Preference</source>
        <translation>Vorliebe</translation>
    </message>
    <message>
        <source>Insight</source>
        <translation>Erkenntnis</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Zusammenhang</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>Ablauf</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Verweis</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>Werkzeug</translation>
    </message>
    <message>
        <source>Semantic</source>
        <translation>Wissen</translation>
    </message>
    <message>
        <source>Episodic</source>
        <translation>Erlebnis</translation>
    </message>
    <message>
        <source>Procedural</source>
        <translation>Können</translation>
    </message>
    <message>
        <source>Habitual</source>
        <translation>Gewohnheit</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>Anweisung</translation>
    </message>
    <message>
        <source>Stance</source>
        <translation>Haltung</translation>
    </message>
    <message>
        <source>Variable</source>
        <translation>Variable</translation>
    </message>
    <message>
        <source>Highlight</source>
        <translation>Markierung</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>Webseite</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>Untertitel</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Audio</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Aufsatz</translation>
    </message>
    <message>
        <source>Fetching</source>
        <translation>Wird abgerufen</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Wird gelesen</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>Wird indexiert</translation>
    </message>
    <message>
        <source>Verifying</source>
        <translation>Wird geprüft</translation>
    </message>
    <message>
        <source>Reading figures</source>
        <translation>Abbildungen werden gelesen</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Übersprungen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Copying</source>
        <translation>Wird kopiert</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Wird geprüft</translation>
    </message>
    <message>
        <source>Comparing</source>
        <translation>Wird verglichen</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Wird exportiert</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>Wird importiert</translation>
    </message>
    <message>
        <source>Consolidating</source>
        <translation>Wird gefestigt</translation>
    </message>
    <message>
        <source>Merging</source>
        <translation>Wird zusammengeführt</translation>
    </message>
    <message>
        <source>Measuring</source>
        <translation>Wird gemessen</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>Looking</source>
        <translation>Sieht Bilder an</translation>
    </message>
    <message>
        <source>Compiling</source>
        <translation>Wird übersetzt</translation>
    </message>
    <message>
        <source>Deriving</source>
        <translation>Wird abgeleitet</translation>
    </message>
    <message>
        <source>Simulating</source>
        <translation>Wird simuliert</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Wird geschrieben</translation>
    </message>
    <message>
        <source>Asleep</source>
        <translation>Schläft</translation>
    </message>
    <message>
        <source>Waking</source>
        <translation>Wacht auf</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Geschrieben</translation>
    </message>
    <message>
        <source>Quotes</source>
        <translation>Zitate</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Rosa</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>pink</source>
        <translation>Rosa</translation>
    </message>
    <message>
        <source>violet</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Explicit</source>
        <translation>Genannt</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>Emergent</source>
        <translation>Entstanden</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Vorhergesagt</translation>
    </message>
    <message>
        <source>Contradicted</source>
        <translation>Widersprochen</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Funktioniert</translation>
    </message>
    <message>
        <source>Needs a model</source>
        <translation>Braucht ein Modell</translation>
    </message>
    <message>
        <source>Needs a server</source>
        <translation>Braucht einen Server</translation>
    </message>
    <message>
        <source>Not installed</source>
        <translation>Nicht installiert</translation>
    </message>
    <message>
        <source>Search by meaning</source>
        <translation>Suche nach Bedeutung</translation>
    </message>
    <message>
        <source>Finds passages that say it in other words.</source>
        <translation>Findet Stellen, die es mit anderen Worten sagen.</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>Leser</translation>
    </message>
    <message>
        <source>Chooses the sentence that answers, and says how sure it is.</source>
        <translation>Wählt den Satz, der antwortet, und sagt, wie sicher das ist.</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Aufnahmen</translation>
    </message>
    <message>
        <source>Writes down recordings and films that have no captions.</source>
        <translation>Schreibt Aufnahmen und Filme ohne Untertitel ab.</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Finds pictures and figures by what they show.</source>
        <translation>Findet Bilder und Abbildungen nach ihrem Inhalt.</translation>
    </message>
    <message>
        <source>Language model</source>
        <translation>Sprachmodell</translation>
    </message>
    <message>
        <source>Writes answers; each sentence is checked.</source>
        <translation>Schreibt Antworten; jeder Satz wird geprüft.</translation>
    </message>
    <message>
        <source>Text recognition</source>
        <translation>Texterkennung</translation>
    </message>
    <message>
        <source>Reads the words in scans, pictures and figures.</source>
        <translation>Liest die Wörter in Scans, Bildern und Abbildungen.</translation>
    </message>
    <message>
        <source>Search by meaning (embedding model)</source>
        <translation>Suche nach Bedeutung (Einbettungsmodell)</translation>
    </message>
    <message>
        <source>Speech (recordings and films)</source>
        <translation>Sprache in Aufnahmen und Filmen</translation>
    </message>
    <message>
        <source>Pictures by what they show (CLIP)</source>
        <translation>Bilder nach ihrem Inhalt (CLIP)</translation>
    </message>
    <message>
        <source>Written answers (language model)</source>
        <translation>Geschriebene Antworten (Sprachmodell)</translation>
    </message>
    <message>
        <source>Text recognition (OCR)</source>
        <translation>Texterkennung (OCR)</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Text, books, PDF, office files, e-mail</source>
        <translation>Text, Bücher, PDF, Office-Dateien, E-Mail</translation>
    </message>
    <message>
        <source>Search and quotes</source>
        <translation>Suche und Zitate</translation>
    </message>
    <message>
        <source>Web pages</source>
        <translation>Webseiten</translation>
    </message>
    <message>
        <source>YouTube and other videos (captions)</source>
        <translation>YouTube und andere Videos (Untertitel)</translation>
    </message>
    <message>
        <source>Foreign files read in a cage</source>
        <translation>Fremde Dateien im Käfig lesen</translation>
    </message>
    <message>
        <source>Caged: they can open the file that they read and the program, and no network, program or other process.</source>
        <translation>Im Käfig: Sie können die Datei öffnen, die sie lesen, und das Programm, aber kein Netz, kein anderes Programm und keinen anderen Prozess.</translation>
    </message>
    <message>
        <source>It is a link to a file outside of the folder.</source>
        <translation>Es ist eine Verknüpfung auf eine Datei außerhalb des Ordners.</translation>
    </message>
    <message>
        <source>Add that file itself.</source>
        <translation>Fügen Sie diese Datei selbst hinzu.</translation>
    </message>
    <message>
        <source>Without network, but not caged: they can open every file that you can open.</source>
        <translation>Ohne Netz, aber nicht im Käfig: Sie können jede Datei öffnen, die Sie öffnen können.</translation>
    </message>
    <message>
        <source>Not caged: this system cannot enforce it; they are only set to open no connection.</source>
        <translation>Nicht im Käfig: Dieses System kann es nicht erzwingen; sie sind nur so eingestellt, dass sie keine Verbindung öffnen.</translation>
    </message>
    <message>
        <source>{} could not be read: its reader answered in no known form.</source>
        <translation>{} konnte nicht gelesen werden: Sein Leser hat in keiner bekannten Form geantwortet.</translation>
    </message>
    <message>
        <source>Visual cortex</source>
        <translation>Sehrinde</translation>
    </message>
    <message>
        <source>Auditory cortex</source>
        <translation>Hörrinde</translation>
    </message>
    <message>
        <source>Association cortex</source>
        <translation>Assoziationskortex</translation>
    </message>
    <message>
        <source>Predictive cortex</source>
        <translation>Vorhersagekortex</translation>
    </message>
    <message>
        <source>Hippocampus</source>
        <translation>Hippocampus</translation>
    </message>
    <message>
        <source>Prefrontal cortex</source>
        <translation>Präfrontaler Kortex</translation>
    </message>
    <message>
        <source>Amygdala</source>
        <translation>Amygdala</translation>
    </message>
    <message>
        <source>Motor cortex</source>
        <translation>Motorkortex</translation>
    </message>
    <message>
        <source>Brainstem</source>
        <translation>Hirnstamm</translation>
    </message>
    <message>
        <source>Cerebellum</source>
        <translation>Kleinhirn</translation>
    </message>
    <message>
        <source>Arabic</source>
        <translation>Arabisch</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>Chinesisch</translation>
    </message>
    <message>
        <source>Czech</source>
        <translation>Tschechisch</translation>
    </message>
    <message>
        <source>Danish</source>
        <translation>Dänisch</translation>
    </message>
    <message>
        <source>Dutch</source>
        <translation>Niederländisch</translation>
    </message>
    <message>
        <source>English</source>
        <translation>Englisch</translation>
    </message>
    <message>
        <source>Finnish</source>
        <translation>Finnisch</translation>
    </message>
    <message>
        <source>French</source>
        <translation>Französisch</translation>
    </message>
    <message>
        <source>German</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>Griechisch</translation>
    </message>
    <message>
        <source>Hebrew</source>
        <translation>Hebräisch</translation>
    </message>
    <message>
        <source>Hindi</source>
        <translation>Hindi</translation>
    </message>
    <message>
        <source>Hungarian</source>
        <translation>Ungarisch</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>Italienisch</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>Japanisch</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>Koreanisch</translation>
    </message>
    <message>
        <source>Latin</source>
        <translation>Latein</translation>
    </message>
    <message>
        <source>Norwegian</source>
        <translation>Norwegisch</translation>
    </message>
    <message>
        <source>Norwegian Bokmål</source>
        <translation>Norwegisch</translation>
    </message>
    <message>
        <source>Persian</source>
        <translation>Persisch</translation>
    </message>
    <message>
        <source>Polish</source>
        <translation>Polnisch</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>Portugiesisch</translation>
    </message>
    <message>
        <source>Romanian</source>
        <translation>Rumänisch</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>Russisch</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>Spanisch</translation>
    </message>
    <message>
        <source>Swedish</source>
        <translation>Schwedisch</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>Türkisch</translation>
    </message>
    <message>
        <source>Ukrainian</source>
        <translation>Ukrainisch</translation>
    </message>
    <message>
        <source>Vietnamese</source>
        <translation>Vietnamesisch</translation>
    </message>
    <message>
        <source>Narrow</source>
        <translation>schmal</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>mittel</translation>
    </message>
    <message>
        <source>Wide</source>
        <translation>breit</translation>
    </message>
    <message>
        <source>and</source>
        <translation>und</translation>
    </message>
    <message>
        <source>or</source>
        <translation>oder</translation>
    </message>
    <message>
        <source>use other words, or add a source that does.</source>
        <translation>Fragen Sie mit anderen Worten, oder fügen Sie eine passende Quelle hinzu.</translation>
    </message>
    <message>
        <source>use other words, or ask all sources.</source>
        <translation>Fragen Sie mit anderen Worten oder in allen Quellen.</translation>
    </message>
    <message>
        <source>use other words, or add a note.</source>
        <translation>Fragen Sie mit anderen Worten, oder fügen Sie eine Notiz hinzu.</translation>
    </message>
    <message>
        <source>check the spelling, or add a source that does.</source>
        <translation>Prüfen Sie die Schreibweise, oder fügen Sie eine passende Quelle hinzu.</translation>
    </message>
    <message>
        <source>check the spelling, or ask all sources.</source>
        <translation>Prüfen Sie die Schreibweise, oder fragen Sie in allen Quellen.</translation>
    </message>
    <message>
        <source>check the spelling, or add a note.</source>
        <translation>Prüfen Sie die Schreibweise, oder fügen Sie eine Notiz hinzu.</translation>
    </message>
    <message>
        <source>check the name, or add a source that does.</source>
        <translation>Prüfen Sie den Namen, oder fügen Sie eine passende Quelle hinzu.</translation>
    </message>
    <message>
        <source>check the name, or ask all sources.</source>
        <translation>Prüfen Sie den Namen, oder fragen Sie in allen Quellen.</translation>
    </message>
    <message>
        <source>check the question, or add a source that does.</source>
        <translation>Prüfen Sie die Frage, oder fügen Sie eine passende Quelle hinzu.</translation>
    </message>
    <message>
        <source>check the question, or ask all sources.</source>
        <translation>Prüfen Sie die Frage, oder fragen Sie in allen Quellen.</translation>
    </message>
    <message>
        <source>ask about what it says.</source>
        <translation>Fragen Sie nach dem, was darin steht.</translation>
    </message>
    <message>
        <source>ask about somebody by name.</source>
        <translation>Fragen Sie nach jemandem mit Namen.</translation>
    </message>
    <message>
        <source>Your sources never mention {}:</source>
        <translation>Ihre Quellen erwähnen {} nie:</translation>
    </message>
    <message>
        <source>The sources that you asked never mention {}:</source>
        <translation>Die befragten Quellen erwähnen {} nie:</translation>
    </message>
    <message>
        <source>Your sources never mention {} in what was read of them:</source>
        <translation>In dem, was von Ihren Quellen gelesen wurde, steht {} nirgends:</translation>
    </message>
    <message>
        <source>The sources that you asked never mention {} in what was read of them:</source>
        <translation>In dem, was von den befragten Quellen gelesen wurde, steht {} nirgends:</translation>
    </message>
    <message>
        <source>{} of the {} different words of this file are not in its text, such as {}.</source>
        <translation>{} der {} verschiedenen Wörter dieser Datei fehlen in ihrem Text, etwa {}.</translation>
    </message>
    <message>
        <source>Open the original to see them; a copy saved as PDF may be read better.</source>
        <translation>Öffnen Sie das Original, um sie zu sehen; als PDF gespeichert wird es vielleicht besser gelesen.</translation>
    </message>
    <message>
        <source>This page of the picture could not be read.</source>
        <translation>Diese Seite des Bildes war nicht zu lesen.</translation>
    </message>
    <message>
        <source>{} records have no text and were left out.</source>
        <translation>{} Einträge haben keinen Text und wurden ausgelassen.</translation>
    </message>
    <message>
        <source>{} record has no text and was left out.</source>
        <translation>{} Eintrag hat keinen Text und wurde ausgelassen.</translation>
    </message>
    <message>
        <source>Put them back where the list has them, or correct it, and add the list again.</source>
        <translation>Legen Sie sie zurück, wo die Liste sie nennt, oder berichtigen Sie diese, und fügen Sie sie neu hinzu.</translation>
    </message>
    <message>
        <source>Open the file to see them.</source>
        <translation>Öffnen Sie die Datei, um sie zu sehen.</translation>
    </message>
    <message>
        <source>Add them, too, if you need their words.</source>
        <translation>Fügen Sie sie auch hinzu, wenn Sie ihre Wörter brauchen.</translation>
    </message>
    <message>
        <source>Show it in the program that wrote it, and add the file again if you need it.</source>
        <translation>Zeigen Sie ihn in dem Programm an, das ihn schrieb, und fügen Sie die Datei neu hinzu, wenn Sie ihn brauchen.</translation>
    </message>
    <message>
        <source>Open the original to see the whole page.</source>
        <translation>Öffnen Sie das Original, um die ganze Seite zu sehen.</translation>
    </message>
    <message>
        <source>The reStructuredText of this file could not be parsed; its marks stay.</source>
        <translation>Das reStructuredText dieser Datei war nicht zu zerlegen; seine Zeichen bleiben stehen.</translation>
    </message>
    <message>
        <source>Open the workbook in a spreadsheet program, save it, and add it again.</source>
        <translation>Öffnen Sie die Mappe in einem Tabellenprogramm, speichern Sie sie und fügen Sie sie neu hinzu.</translation>
    </message>
    <message>
        <source>Save the file as UTF-8 and add it again if words are missing.</source>
        <translation>Speichern Sie die Datei als UTF-8 und fügen Sie sie neu hinzu, wenn Wörter fehlen.</translation>
    </message>
    <message>
        <source>Page {} of this PDF could not be read; the rest could.</source>
        <translation>Seite {} dieses PDF war nicht zu lesen, der Rest schon.</translation>
    </message>
    <message>
        <source>Page {} uses fonts that do not say which letters they show.</source>
        <translation>Seite {} hat Schriften, die nicht sagen, welche Buchstaben sie zeigen.</translation>
    </message>
    <message>
        <source>Page {} holds text that nobody can see (white or tiny letters); it was left out.</source>
        <translation>Seite {} hat Text, den niemand sehen kann (weiße oder winzige Buchstaben); er wurde ausgelassen.</translation>
    </message>
    <message>
        <source>Page {} holds pictures and no text.</source>
        <translation>Seite {} hat Bilder und keinen Text.</translation>
    </message>
    <message>
        <source>A hidden sheet was left out: {}. Show it and add the file again if you need what is there.</source>
        <translation>Ein ausgeblendetes Blatt wurde ausgelassen: {}. Blenden Sie es ein und fügen Sie die Datei neu hinzu, wenn Sie den Inhalt brauchen.</translation>
    </message>
    <message>
        <source>{} hidden sheets were left out: {}. Show them and add the file again if you need what is there.</source>
        <translation>{} ausgeblendete Blätter wurden ausgelassen: {}. Blenden Sie sie ein und fügen Sie die Datei neu hinzu, wenn Sie den Inhalt brauchen.</translation>
    </message>
    <message>
        <source>Rows or columns that are hidden were read like the others: {}. Delete them and add the file again if they should not answer.</source>
        <translation>Ausgeblendete Zeilen oder Spalten wurden wie die anderen gelesen: {}. Löschen Sie sie und fügen Sie die Datei neu hinzu, wenn sie nicht antworten sollen.</translation>
    </message>
    <message>
        <source>A hidden slide was left out: {}. Show it and add the file again if you need what is there.</source>
        <translation>Eine ausgeblendete Folie wurde ausgelassen: {}. Blenden Sie sie ein und fügen Sie die Datei neu hinzu, wenn Sie den Inhalt brauchen.</translation>
    </message>
    <message>
        <source>{} hidden slides were left out: {}. Show them and add the file again if you need what is there.</source>
        <translation>{} ausgeblendete Folien wurden ausgelassen: {}. Blenden Sie sie ein und fügen Sie die Datei neu hinzu, wenn Sie den Inhalt brauchen.</translation>
    </message>
    <message>
        <source>Deleted text was left out ({} words): {}. Restore it in the program that wrote it, and add the file again if you need it.</source>
        <translation>Gelöschter Text wurde ausgelassen ({} Wörter): {}. Stellen Sie ihn in dem Programm wieder her, das ihn schrieb, und fügen Sie die Datei neu hinzu, wenn Sie ihn brauchen.</translation>
    </message>
    <message>
        <source>Hidden text was left out ({} words): {}. Show it in the program that wrote it, and add the file again if you need it.</source>
        <translation>Verborgener Text wurde ausgelassen ({} Wörter): {}. Zeigen Sie ihn in dem Programm an, das ihn schrieb, und fügen Sie die Datei neu hinzu, wenn Sie ihn brauchen.</translation>
    </message>
    <message>
        <source>Left out around the text ({} words): {}. Open the original to see the whole page.</source>
        <translation>Um den Text herum ausgelassen ({} Wörter): {}. Öffnen Sie das Original, um die ganze Seite zu sehen.</translation>
    </message>
    <message>
        <source>Left out since only another version of the message says it ({} words): {}. Open the original to see the whole message.</source>
        <translation>Ausgelassen, weil nur eine andere Fassung der Nachricht es sagt ({} Wörter): {}. Öffnen Sie das Original, um die ganze Nachricht zu sehen.</translation>
    </message>
    <message>
        <source>Left out since no browser shows it ({} words): {}. Open the original to see the whole page.</source>
        <translation>Ausgelassen, weil kein Browser es zeigt ({} Wörter): {}. Öffnen Sie das Original, um die ganze Seite zu sehen.</translation>
    </message>
    <message>
        <source>Page {} holds struck-out words; they were left out: {}. Open the file to see them.</source>
        <translation>Seite {} hat durchgestrichene Wörter; sie wurden ausgelassen: {}. Öffnen Sie die Datei, um sie zu sehen.</translation>
    </message>
    <message>
        <source>Page {} holds words beside the lines, such as along an axis; they were left out: {}. Open the file to see them.</source>
        <translation>Seite {} hat Wörter neben den Zeilen, etwa an einer Achse; sie wurden ausgelassen: {}. Öffnen Sie die Datei, um sie zu sehen.</translation>
    </message>
    <message>
        <source>Left out around the text: menus and lists of links ({} words). Open the original to see the whole page.</source>
        <translation>Um den Text herum ausgelassen: Menüs und Listen von Verweisen ({} Wörter). Öffnen Sie das Original, um die ganze Seite zu sehen.</translation>
    </message>
    <message>
        <source>parts of {} were left out.</source>
        <translation>Teile von {} wurden ausgelassen.</translation>
    </message>
    <message>
        <source>parts of {} sources were left out.</source>
        <translation>Teile von {} Quellen wurden ausgelassen.</translation>
    </message>
    <message>
        <source>open the original to see it.</source>
        <translation>Öffnen Sie das Original, um es zu sehen.</translation>
    </message>
    <message>
        <source>A hidden sheet of {} has {}, but was left out:</source>
        <translation>Ein ausgeblendetes Blatt von {} enthält {}, wurde aber ausgelassen:</translation>
    </message>
    <message>
        <source>A hidden slide of {} has {}, but was left out:</source>
        <translation>Eine ausgeblendete Folie von {} enthält {}, wurde aber ausgelassen:</translation>
    </message>
    <message>
        <source>Deleted text of {} has {}, but was left out:</source>
        <translation>Gelöschter Text von {} enthält {}, wurde aber ausgelassen:</translation>
    </message>
    <message>
        <source>Struck-out text of {} has {}, but was left out:</source>
        <translation>Durchgestrichener Text von {} enthält {}, wurde aber ausgelassen:</translation>
    </message>
    <message>
        <source>Hidden text of {} has {}, but was left out:</source>
        <translation>Verborgener Text von {} enthält {}, wurde aber ausgelassen:</translation>
    </message>
    <message>
        <source>Invisible text of {} has {}, but was left out:</source>
        <translation>Unsichtbarer Text von {} enthält {}, wurde aber ausgelassen:</translation>
    </message>
    <message>
        <source>Another version of {} has {}, but was left out:</source>
        <translation>Eine andere Fassung von {} enthält {}, wurde aber ausgelassen:</translation>
    </message>
    <message>
        <source>Text beside the lines of {} has {}, but was left out:</source>
        <translation>Text neben den Zeilen von {} enthält {}, wurde aber ausgelassen:</translation>
    </message>
    <message>
        <source>A running head of {} has {}, but was left out:</source>
        <translation>Ein Kolumnentitel von {} enthält {}, wurde aber ausgelassen:</translation>
    </message>
    <message>
        <source>The text around the article of {} has {}, but was left out:</source>
        <translation>Der Text um den Artikel von {} enthält {}, wurde aber ausgelassen:</translation>
    </message>
    <message>
        <source>A part of {} has {}, but was left out:</source>
        <translation>Ein Teil von {} enthält {}, wurde aber ausgelassen:</translation>
    </message>
    <message>
        <source>Your sources never say {} in these words:</source>
        <translation>In Ihren Quellen steht nirgends wörtlich {}:</translation>
    </message>
    <message>
        <source>The sources that you asked never say {} in these words:</source>
        <translation>In den befragten Quellen steht nirgends wörtlich {}:</translation>
    </message>
    <message>
        <source>ask without quotation marks, or add a source that does.</source>
        <translation>Fragen Sie ohne Anführungszeichen, oder fügen Sie eine Quelle hinzu, in der es steht.</translation>
    </message>
    <message>
        <source>ask without quotation marks, or ask all sources.</source>
        <translation>Fragen Sie ohne Anführungszeichen oder in allen Quellen.</translation>
    </message>
    <message>
        <source>It occurs in {} places.</source>
        <translation>Es steht an {} Stellen.</translation>
    </message>
    <message>
        <source>It occurs in over {} places.</source>
        <translation>Es steht an über {} Stellen.</translation>
    </message>
    <message>
        <source>Your notes don't mention {}:</source>
        <translation>Keine Ihrer Notizen erwähnt {}:</translation>
    </message>
    <message>
        <source>Your sources mention {}, but not {} near it:</source>
        <translation>Ihre Quellen erwähnen {}, aber nicht in der Nähe von {}:</translation>
    </message>
    <message>
        <source>The sources that you asked mention {}, but not {} near it:</source>
        <translation>Die befragten Quellen erwähnen {}, aber nicht in der Nähe von {}:</translation>
    </message>
    <message>
        <source>None of the passages found clearly answers this:</source>
        <translation>Keine der gefundenen Stellen beantwortet die Frage eindeutig:</translation>
    </message>
    <message>
        <source>None of your notes clearly answers this:</source>
        <translation>Keine Ihrer Notizen beantwortet die Frage eindeutig:</translation>
    </message>
    <message>
        <source>Your sources never mention {}, so {} was asked.</source>
        <translation>Ihre Quellen erwähnen {} nirgends; gefragt wurde daher {}.</translation>
    </message>
    <message>
        <source>The sources that you asked never mention {}, so {} was asked.</source>
        <translation>Die befragten Quellen erwähnen {} nirgends; gefragt wurde daher {}.</translation>
    </message>
    <message>
        <source>Nothing answers {}.</source>
        <translation>Auf {} gibt es keine Antwort.</translation>
    </message>
    <message>
        <source>There are no words to search for. What is it about?</source>
        <translation>Darin sind keine Wörter, nach denen gesucht werden kann. Worum geht es?</translation>
    </message>
    <message>
        <source>Your sources are listed in Read.:</source>
        <translation>Ihre Quellen stehen unter „Lesen“.:</translation>
    </message>
    <message>
        <source>Ask a question about your sources.</source>
        <translation>Stellen Sie eine Frage zu Ihren Quellen.</translation>
    </message>
    <message>
        <source>A note says {}, a source {}.</source>
        <translation>Eine Notiz sagt {}, eine Quelle {}.</translation>
    </message>
    <message>
        <source>A later mail says {}, not {}.</source>
        <translation>Eine spätere Mail sagt {}, nicht {}.</translation>
    </message>
    <message>
        <source>A later source says {}, not {}.</source>
        <translation>Eine spätere Quelle sagt {}, nicht {}.</translation>
    </message>
    <message>
        <source>Two sources differ: {}.</source>
        <translation>Zwei Quellen weichen voneinander ab: {}.</translation>
    </message>
    <message>
        <source>Taken from {}: {}.</source>
        <translation>Entnommen aus {}: {}.</translation>
    </message>
    <message>
        <source>You have highlighted nothing.</source>
        <translation>Sie haben nichts markiert.</translation>
    </message>
    <message>
        <source>You have highlighted nothing about {}.</source>
        <translation>Sie haben nichts über {} markiert.</translation>
    </message>
    <message>
        <source>You have highlighted nothing on page {}.</source>
        <translation>Sie haben auf Seite {} nichts markiert.</translation>
    </message>
    <message>
        <source>You have highlighted nothing about {} on page {}.</source>
        <translation>Sie haben auf Seite {1} nichts über {0} markiert.</translation>
    </message>
    <message>
        <source>None of your sources is called {}, and none of them names it.</source>
        <translation>Keine Ihrer Quellen heißt {}, und keine nennt diesen Titel.</translation>
    </message>
    <message>
        <source>None of your sources cites {}.</source>
        <translation>Keine Ihrer Quellen zitiert {}.</translation>
    </message>
    <message>
        <source>None of your mails is from {}.</source>
        <translation>Keine Ihrer E-Mails ist von {}.</translation>
    </message>
    <message>
        <source>You noted: {}</source>
        <translation>Ihre Notiz: {}</translation>
    </message>
    <message>
        <source>You highlighted this.</source>
        <translation>Das haben Sie markiert.</translation>
    </message>
    <message>
        <source>The characters {} to {} are no part of a text of {}.</source>
        <translation>Die Zeichen {} bis {} liegen nicht in einem Text von {} Zeichen.</translation>
    </message>
    <message>
        <source>Choose a start from {} on and an end behind it, at most {}.</source>
        <translation>Wählen Sie einen Anfang ab {} und ein Ende dahinter, höchstens {}.</translation>
    </message>
    <message>
        <source>The file of {} names its author, {}; its text does not.</source>
        <translation>Die Datei von {} nennt als Verfasser {}, ihr Text nicht.</translation>
    </message>
    <message>
        <source>Which of your {} sources do you mean: {}?</source>
        <translation>Welche Ihrer {} Quellen meinen Sie: {}?</translation>
    </message>
    <message>
        <source>Which of your {} sources do you mean: {} …?</source>
        <translation>Welche Ihrer {} Quellen meinen Sie: {} …?</translation>
    </message>
    <message>
        <source>Only {} was asked.</source>
        <translation>Gefragt wurde nur {}.</translation>
    </message>
    <message>
        <source>Asked of {}.</source>
        <translation>Gefragt wurden {}.</translation>
    </message>
    <message>
        <source>Asked of {} and {} more.</source>
        <translation>Gefragt wurden {} und {} weitere.</translation>
    </message>
    <message>
        <source>There is no such part in {}: it has {}.</source>
        <translation>Einen solchen Teil hat {} nicht: Es sind {}.</translation>
    </message>
    <message>
        <source>Whom do you mean by {}?</source>
        <translation>Wen meinen Sie mit {}?</translation>
    </message>
    <message>
        <source>What do you mean by {}?</source>
        <translation>Was meinen Sie mit {}?</translation>
    </message>
    <message>
        <source>Which one do you mean by {}?</source>
        <translation>Welches meinen Sie mit {}?</translation>
    </message>
    <message>
        <source>What do you want to know that of? Nothing was asked before.</source>
        <translation>Wovon möchten Sie das wissen? Vorher wurde nichts gefragt.</translation>
    </message>
    <message>
        <source>No chapters can be told apart in {}:</source>
        <translation>In {} sind keine Kapitel zu unterscheiden:</translation>
    </message>
    <message>
        <source>No parts can be told apart in {}:</source>
        <translation>In {} sind keine Teile zu unterscheiden:</translation>
    </message>
    <message>
        <source>No letters can be told apart in {}:</source>
        <translation>In {} sind keine Briefe zu unterscheiden:</translation>
    </message>
    <message>
        <source>No sections can be told apart in {}:</source>
        <translation>In {} sind keine Abschnitte zu unterscheiden:</translation>
    </message>
    <message>
        <source>No books can be told apart in {}:</source>
        <translation>In {} sind keine Bücher zu unterscheiden:</translation>
    </message>
    <message>
        <source>No acts can be told apart in {}:</source>
        <translation>In {} sind keine Akte zu unterscheiden:</translation>
    </message>
    <message>
        <source>Nobody is named often in {}:</source>
        <translation>In {} wird niemand oft genannt:</translation>
    </message>
    <message>
        <source>There is nothing to search in this selection. Ask all sources instead?</source>
        <translation>In dieser Auswahl gibt es nichts zu suchen. Stattdessen in allen Quellen fragen?</translation>
    </message>
    <message>
        <source>Add a book, an article or a note first, then ask again.</source>
        <translation>Fügen Sie zuerst ein Buch, einen Artikel oder eine Notiz hinzu, und fragen Sie dann noch einmal.</translation>
    </message>
    <message>
        <source>The reader does not know this language, so passages are shown in the order they were found.</source>
        <translation>Das Lesemodell kennt diese Sprache nicht, daher stehen die Stellen so, wie sie gefunden wurden.</translation>
    </message>
    <message>
        <source>The sources searched name nothing of this kind: ask with fewer words, or ask all sources.</source>
        <translation>Die befragten Quellen nennen nichts dieser Art: Fragen Sie mit weniger Wörtern oder in allen Quellen.</translation>
    </message>
    <message>
        <source>That may not be all.</source>
        <translation>Das ist vielleicht nicht alles.</translation>
    </message>
    <message>
        <source>What gives orders to a program was not taken for an answer.</source>
        <translation>Was einem Programm Anweisungen gibt, wurde nicht als Antwort genommen.</translation>
    </message>
    <message>
        <source>Nothing the model wrote is supported by the passages, so only the quotes are shown.</source>
        <translation>Nichts von dem, was das Modell schrieb, ist durch die Stellen belegt; daher sehen Sie nur die Zitate.</translation>
    </message>
    <message>
        <source>The answer was stopped; what was written until then is kept.</source>
        <translation>Die Antwort wurde angehalten; was bis dahin geschrieben war, bleibt.</translation>
    </message>
    <message>
        <source>The model read only a part of the passages.</source>
        <translation>Das Modell las nur einen Teil der Stellen.</translation>
    </message>
    <message>
        <source>The answer is cut: it grew longer than the model may write.</source>
        <translation>Die Antwort ist abgeschnitten: Sie wurde länger, als das Modell schreiben darf.</translation>
    </message>
    <message>
        <source>The answer was ended: it went on and on.</source>
        <translation>Die Antwort wurde beendet: Sie fand kein Ende.</translation>
    </message>
    <message>
        <source>The model found no answer in these passages.</source>
        <translation>Das Modell fand in diesen Stellen keine Antwort.</translation>
    </message>
    <message>
        <source>The model wrote nothing.</source>
        <translation>Das Modell schrieb nichts.</translation>
    </message>
    <message>
        <source>{} passage did not fit into what the model reads.</source>
        <translation>{} Stelle passte nicht in das, was das Modell liest.</translation>
    </message>
    <message>
        <source>{} passages did not fit into what the model reads.</source>
        <translation>{} Stellen passten nicht in das, was das Modell liest.</translation>
    </message>
    <message>
        <source>{} passage contains marks that are meant for a language model.</source>
        <translation>{} Stelle enthält Zeichen, die für ein Sprachmodell gedacht sind.</translation>
    </message>
    <message>
        <source>{} passages contain marks that are meant for a language model.</source>
        <translation>{} Stellen enthalten Zeichen, die für ein Sprachmodell gedacht sind.</translation>
    </message>
    <message>
        <source>Hello.</source>
        <translation>Guten Tag.</translation>
    </message>
    <message>
        <source>All is well here.</source>
        <translation>Hier ist alles in Ordnung.</translation>
    </message>
    <message>
        <source>You are welcome.</source>
        <translation>Gern geschehen.</translation>
    </message>
    <message>
        <source>Goodbye.</source>
        <translation>Auf Wiedersehen.</translation>
    </message>
    <message>
        <source>Good.</source>
        <translation>Gut.</translation>
    </message>
    <message>
        <source>All right.</source>
        <translation>In Ordnung.</translation>
    </message>
    <message>
        <source>Remembered.</source>
        <translation>Gemerkt.</translation>
    </message>
    <message>
        <source>That was known.</source>
        <translation>Das war bekannt.</translation>
    </message>
    <message>
        <source>I am the memory of this library: tell me facts and ask for them. There is no language model.</source>
        <translation>Ich bin das Gedächtnis dieser Bibliothek: Sagen Sie mir Fakten, und fragen Sie danach. Ein Sprachmodell gibt es nicht.</translation>
    </message>
    <message>
        <source>I carry out nothing; I only remember and answer. To keep it as a fact, say {}.</source>
        <translation>Ich führe nichts aus; ich merke mir nur und antworte. Soll es ein Fakt werden, beginnen Sie mit „note: …“.</translation>
    </message>
    <message>
        <source>No statement answers that.</source>
        <translation>Darauf antwortet keine Aussage.</translation>
    </message>
    <message>
        <source>nothing can be divided by zero</source>
        <translation>durch null kann nicht geteilt werden</translation>
    </message>
    <message>
        <source>the result is too large</source>
        <translation>das Ergebnis ist zu groß</translation>
    </message>
    <message>
        <source>This ZIP file is empty.</source>
        <translation>Diese ZIP-Datei ist leer.</translation>
    </message>
    <message>
        <source>Check that it was packed completely.</source>
        <translation>Prüfen Sie, ob sie vollständig gepackt wurde.</translation>
    </message>
    <message>
        <source>This ZIP file is locked with a password.</source>
        <translation>Diese ZIP-Datei ist mit einem Passwort geschützt.</translation>
    </message>
    <message>
        <source>Unpack it with the password and add the files.</source>
        <translation>Entpacken Sie sie mit dem Passwort, und fügen Sie die Dateien hinzu.</translation>
    </message>
    <message>
        <source>This ZIP file unpacks to far more than it contains, as malicious files do.</source>
        <translation>Diese ZIP-Datei entpackt sich auf weit mehr, als sie enthält, wie es schädliche Dateien tun.</translation>
    </message>
    <message>
        <source>Ask where it comes from; do not unpack it.</source>
        <translation>Fragen Sie, woher sie kommt; entpacken Sie sie nicht.</translation>
    </message>
    <message>
        <source>Add a ZIP file of books, documents, mail, captions or tables.</source>
        <translation>Fügen Sie eine ZIP-Datei mit Büchern, Dokumenten, E-Mails, Untertiteln oder Tabellen hinzu.</translation>
    </message>
    <message>
        <source>This ZIP file is cut off or corrupt.</source>
        <translation>Diese ZIP-Datei ist abgeschnitten oder beschädigt.</translation>
    </message>
    <message>
        <source>Copy or download it again and add the new copy.</source>
        <translation>Kopieren oder laden Sie sie noch einmal, und fügen Sie die neue Kopie hinzu.</translation>
    </message>
    <message>
        <source>Unpack it and add the folder.</source>
        <translation>Entpacken Sie sie, und fügen Sie den Ordner hinzu.</translation>
    </message>
    <message>
        <source>This EPUB is cut off or corrupt.</source>
        <translation>Dieses EPUB ist abgeschnitten oder beschädigt.</translation>
    </message>
    <message>
        <source>This EPUB has lost its table of parts (the package file).</source>
        <translation>Diesem EPUB fehlt das Verzeichnis seiner Teile (die Paketdatei).</translation>
    </message>
    <message>
        <source>This EPUB has a part that is cut off or corrupt.</source>
        <translation>Ein Teil dieses EPUBs ist abgeschnitten oder beschädigt.</translation>
    </message>
    <message>
        <source>This EPUB names no chapters.</source>
        <translation>Dieses EPUB nennt keine Kapitel.</translation>
    </message>
    <message>
        <source>This EPUB has no cover.</source>
        <translation>Dieses EPUB hat kein Titelbild.</translation>
    </message>
    <message>
        <source>Its text is read all the same.</source>
        <translation>Sein Text wird trotzdem gelesen.</translation>
    </message>
    <message>
        <source>This EPUB contains pictures and no text, and text recognition reads no EPUBs.</source>
        <translation>Dieses EPUB enthält Bilder und keinen Text, und die Texterkennung liest keine EPUBs.</translation>
    </message>
    <message>
        <source>Look for an edition with text, or convert it to PDF and add that.</source>
        <translation>Suchen Sie eine Ausgabe mit Text, oder wandeln Sie es in ein PDF um, und fügen Sie dieses hinzu.</translation>
    </message>
    <message>
        <source>This EPUB is copy-protected (DRM), so its text cannot be read.</source>
        <translation>Dieses EPUB ist kopiergeschützt (DRM), daher kann sein Text nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Add a copy without protection, for example from the publisher.</source>
        <translation>Fügen Sie eine Kopie ohne Schutz hinzu, zum Beispiel vom Verlag.</translation>
    </message>
    <message>
        <source>This Word document is cut off or corrupt.</source>
        <translation>Dieses Word-Dokument ist abgeschnitten oder beschädigt.</translation>
    </message>
    <message>
        <source>This Word document is locked with a password.</source>
        <translation>Dieses Word-Dokument ist mit einem Passwort geschützt.</translation>
    </message>
    <message>
        <source>This Excel workbook is cut off or corrupt.</source>
        <translation>Diese Excel-Mappe ist abgeschnitten oder beschädigt.</translation>
    </message>
    <message>
        <source>This Excel workbook is locked with a password.</source>
        <translation>Diese Excel-Mappe ist mit einem Passwort geschützt.</translation>
    </message>
    <message>
        <source>This PowerPoint presentation is cut off or corrupt.</source>
        <translation>Diese PowerPoint-Präsentation ist abgeschnitten oder beschädigt.</translation>
    </message>
    <message>
        <source>This PowerPoint presentation is locked with a password.</source>
        <translation>Diese PowerPoint-Präsentation ist mit einem Passwort geschützt.</translation>
    </message>
    <message>
        <source>Unlock it and add the unlocked copy.</source>
        <translation>Heben Sie den Schutz auf, und fügen Sie die Kopie ohne Schutz hinzu.</translation>
    </message>
    <message>
        <source>This OpenDocument file contains no words, only pictures or nothing at all.</source>
        <translation>Diese OpenDocument-Datei enthält keine Wörter, nur Bilder oder gar nichts.</translation>
    </message>
    <message>
        <source>This OpenDocument file is locked with a password.</source>
        <translation>Diese OpenDocument-Datei ist mit einem Passwort geschützt.</translation>
    </message>
    <message>
        <source>Open it, save it without a password, and add that copy.</source>
        <translation>Öffnen Sie sie, speichern Sie sie ohne Passwort, und fügen Sie diese Kopie hinzu.</translation>
    </message>
    <message>
        <source>Check that it is the right file, or add a copy with text.</source>
        <translation>Prüfen Sie, ob es die richtige Datei ist, oder fügen Sie eine mit Text hinzu.</translation>
    </message>
    <message>
        <source>This file contains no text that can be read.</source>
        <translation>Diese Datei enthält keinen lesbaren Text.</translation>
    </message>
    <message>
        <source>Add a text, EPUB or PDF file instead.</source>
        <translation>Fügen Sie stattdessen eine Text-, EPUB- oder PDF-Datei hinzu.</translation>
    </message>
    <message>
        <source>The file contains no words.</source>
        <translation>Die Datei enthält keine Wörter.</translation>
    </message>
    <message>
        <source>The file contains no words to remember.</source>
        <translation>Die Datei enthält keine Wörter, die man sich merken könnte.</translation>
    </message>
    <message>
        <source>Add a file that has text in it.</source>
        <translation>Fügen Sie eine Datei mit Text hinzu.</translation>
    </message>
    <message>
        <source>{} contains no words to remember.</source>
        <translation>{} enthält keine Wörter, die man sich merken könnte.</translation>
    </message>
    <message>
        <source>Check that it is the right file, and that its text is not a picture of text.</source>
        <translation>Prüfen Sie, ob es die richtige Datei ist und ob ihr Text nicht ein Bild von Text ist.</translation>
    </message>
    <message>
        <source>{} is empty.</source>
        <translation>{} ist leer.</translation>
    </message>
    <message>
        <source>Check that it was saved or copied completely.</source>
        <translation>Prüfen Sie, ob sie vollständig gespeichert oder kopiert wurde.</translation>
    </message>
    <message>
        <source>{} was changed while it was being read.</source>
        <translation>{} wurde während des Lesens geändert.</translation>
    </message>
    <message>
        <source>Retry when it is no longer written to.</source>
        <translation>Versuchen Sie es noch einmal, wenn nicht mehr hineingeschrieben wird.</translation>
    </message>
    <message>
        <source>{} disappeared while it was being read.</source>
        <translation>{} verschwand während des Lesens.</translation>
    </message>
    <message>
        <source>Retry once it, or its disk, is back.</source>
        <translation>Versuchen Sie es noch einmal, wenn sie oder ihr Datenträger wieder da ist.</translation>
    </message>
    <message>
        <source>{} was read, but a search did not find it again, so it was left out.</source>
        <translation>{} wurde gelesen, aber eine Suche fand es nicht wieder, daher wurde es ausgelassen.</translation>
    </message>
    <message>
        <source>Retry it; if that fails, run `workbench verify`.</source>
        <translation>Versuchen Sie es noch einmal; hilft das nicht, dann mit `workbench verify`.</translation>
    </message>
    <message>
        <source>{} has changed since it was read; the library keeps the text that it read.</source>
        <translation>{} wurde geändert, seit es gelesen wurde; die Bibliothek behält den gelesenen Text.</translation>
    </message>
    <message>
        <source>Locate the original, or add the file with {} to take its new text.</source>
        <translation>Zeigen Sie, wo das Original liegt, oder fügen Sie die Datei mit {} hinzu, um den neuen Text zu übernehmen.</translation>
    </message>
    <message>
        <source>There is no file {}.</source>
        <translation>Es gibt keine Datei {}.</translation>
    </message>
    <message>
        <source>See them with: workbench differences list</source>
        <translation>Alle zeigt: workbench differences list</translation>
    </message>
    <message>
        <source>See them with: workbench tables list</source>
        <translation>Alle zeigt: workbench tables list</translation>
    </message>
    <message>
        <source>See them with: workbench version list.</source>
        <translation>Alle zeigt: workbench version list.</translation>
    </message>
    <message>
        <source>Check the name and add it again.</source>
        <translation>Prüfen Sie den Namen, und fügen Sie sie noch einmal hinzu.</translation>
    </message>
    <message>
        <source>The folder {} cannot be opened, so nothing was added from it.</source>
        <translation>Der Ordner {} kann nicht geöffnet werden, daher wurde nichts daraus hinzugefügt.</translation>
    </message>
    <message>
        <source>Check that you may read it, then retry.</source>
        <translation>Prüfen Sie, ob Sie ihn lesen dürfen, und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>The folder {} contains no files that can be read.</source>
        <translation>Der Ordner {} enthält keine lesbaren Dateien.</translation>
    </message>
    <message>
        <source>Add a folder with books or documents in it.</source>
        <translation>Fügen Sie einen Ordner mit Büchern oder Dokumenten hinzu.</translation>
    </message>
    <message>
        <source>This PDF is cut off or corrupt.</source>
        <translation>Dieses PDF ist abgeschnitten oder beschädigt.</translation>
    </message>
    <message>
        <source>This is not the password of {}.</source>
        <translation>Das ist nicht das Passwort von {}.</translation>
    </message>
    <message>
        <source>This is a recording, and no speech model is here to write down what is said.</source>
        <translation>Dies ist eine Aufnahme, und hier ist kein Sprachmodell, das aufschreibt, was gesagt wird.</translation>
    </message>
    <message>
        <source>This is a recording, and no speech model is here to write down what is said. It can be played. Load one (145 MB) in Settings, Models, or with `workbench speech get base`, then read it again; or add a transcript as an .srt or .vtt file.</source>
        <translation>Dies ist eine Aufnahme, und hier ist kein Sprachmodell, das aufschreibt, was gesagt wird. Sie lässt sich abspielen. Laden Sie eines (145 MB) in den Einstellungen unter Modelle, und lesen Sie sie noch einmal ein; oder fügen Sie ein Transkript als .srt- oder .vtt-Datei hinzu.</translation>
    </message>
    <message>
        <source>This PDF is locked with a password.</source>
        <translation>Dieses PDF ist mit einem Passwort geschützt.</translation>
    </message>
    <message>
        <source>Give its password (`--password-file FILE`), or open it in a PDF viewer, save a copy without a password and add that.</source>
        <translation>Geben Sie sein Passwort an (`--password-file FILE`), oder öffnen Sie es in einem PDF-Programm, speichern Sie eine Kopie ohne Passwort, und fügen Sie diese hinzu.</translation>
    </message>
    <message>
        <source>This PDF is locked with another password.</source>
        <translation>Dieses PDF ist mit einem anderen Passwort geschützt.</translation>
    </message>
    <message>
        <source>The password file {} cannot be read.</source>
        <translation>Die Passwortdatei {} kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Check its name; it has to be UTF-8.</source>
        <translation>Prüfen Sie den Namen; sie muss UTF-8 sein.</translation>
    </message>
    <message>
        <source>The first line of {} is empty.</source>
        <translation>Die erste Zeile von {} ist leer.</translation>
    </message>
    <message>
        <source>Write the password there, and nothing else.</source>
        <translation>Schreiben Sie dort nur das Passwort hin.</translation>
    </message>
    <message>
        <source>{} is no export of highlights that is known here.</source>
        <translation>{} ist kein Export von Markierungen, der hier bekannt ist.</translation>
    </message>
    <message>
        <source>Use Kindle's “My Clippings.txt”, a CSV of Readwise, JSON of KOReader, or a PDF.</source>
        <translation>Nehmen Sie „My Clippings.txt“ von Kindle, eine CSV-Datei von Readwise, JSON von KOReader oder ein PDF.</translation>
    </message>
    <message>
        <source>No source was read from {}.</source>
        <translation>Aus {} wurde keine Quelle gelesen.</translation>
    </message>
    <message>
        <source>Add it first (or name another source: `highlights ID --from FILE`).</source>
        <translation>Fügen Sie es zuerst hinzu (oder nennen Sie eine andere Quelle: `highlights ID --from FILE`).</translation>
    </message>
    <message>
        <source>The library lies in a folder that {} synchronises: a copy that is made while it is written may be incomplete, and two computers may overwrite each other. Keep it elsewhere, and share it with your other devices through that folder (workbench group join FOLDER).</source>
        <translation>Die Bibliothek liegt in einem Ordner, den {} abgleicht: Eine Kopie, die während des Schreibens entsteht, kann unvollständig sein, und zwei Rechner können einander überschreiben. Bewahren Sie sie woanders auf, und teilen Sie sie über diesen Ordner mit Ihren anderen Geräten (workbench group join ORDNER).</translation>
    </message>
    <message>
        <source>This library is shared through {} already.</source>
        <translation>Diese Bibliothek wird schon über {} geteilt.</translation>
    </message>
    <message>
        <source>Leave that first: workbench group leave</source>
        <translation>Beenden Sie das zuerst: workbench group leave</translation>
    </message>
    <message>
        <source>This library is not shared.</source>
        <translation>Diese Bibliothek wird nicht geteilt.</translation>
    </message>
    <message>
        <source>Share it with: workbench group join FOLDER</source>
        <translation>Teilen Sie sie mit: workbench group join ORDNER</translation>
    </message>
    <message>
        <source>There is no space left in {}; your changes wait here.</source>
        <translation>In {} ist kein Platz mehr; Ihre Änderungen warten hier.</translation>
    </message>
    <message>
        <source>Free some space there, then synchronise again.</source>
        <translation>Schaffen Sie dort Platz, und gleichen Sie noch einmal ab.</translation>
    </message>
    <message>
        <source>The shared folder {} cannot be used ({}); your changes wait here.</source>
        <translation>Der gemeinsame Ordner {} lässt sich nicht benutzen ({}); Ihre Änderungen warten hier.</translation>
    </message>
    <message>
        <source>Check that the folder is there and the program that synchronises it runs.</source>
        <translation>Prüfen Sie, ob der Ordner da ist und das Programm läuft, das ihn abgleicht.</translation>
    </message>
    <message>
        <source>Piece {} of the desk {} is cut off, or was altered.</source>
        <translation>Teil {} des Geräts {} ist abgeschnitten oder wurde verändert.</translation>
    </message>
    <message>
        <source>{} changes of {} could not be read.</source>
        <translation>{} Änderungen von {} waren nicht zu lesen.</translation>
    </message>
    <message>
        <source>Another device wrote to the shared log with a newer version of the program.</source>
        <translation>Ein anderes Gerät hat mit einer neueren Version des Programms in das gemeinsame Protokoll geschrieben.</translation>
    </message>
    <message>
        <source>Update Engram Workbench here.</source>
        <translation>Aktualisieren Sie hier Engram Workbench.</translation>
    </message>
    <message>
        <source>{} in the shared log is not the text of its source.</source>
        <translation>{} im gemeinsamen Protokoll ist nicht der Text seiner Quelle.</translation>
    </message>
    <message>
        <source>Have it sent again by somebody who has the source.</source>
        <translation>Lassen Sie ihn von jemandem noch einmal senden, der die Quelle hat.</translation>
    </message>
    <message>
        <source>There is no conflict with this id.</source>
        <translation>Es gibt keinen Konflikt mit dieser Nummer.</translation>
    </message>
    <message>
        <source>See `workbench group conflicts`.</source>
        <translation>Siehe `workbench group conflicts`.</translation>
    </message>
    <message>
        <source>Give one of: current, other, both.</source>
        <translation>Geben Sie eines an: current, other, both.</translation>
    </message>
    <message>
        <source>The address contains a password, which the library would store.</source>
        <translation>Die Adresse enthält ein Passwort, das die Bibliothek speichern würde.</translation>
    </message>
    <message>
        <source>Leave it out, and put it into the variable PGPASSWORD or the file ~/.pgpass.</source>
        <translation>Lassen Sie es weg, und legen Sie es in die Variable PGPASSWORD oder die Datei ~/.pgpass.</translation>
    </message>
    <message>
        <source>You may read this shared log, but not write to it; your changes wait here.</source>
        <translation>Sie dürfen dieses gemeinsame Protokoll lesen, aber nicht darin schreiben; Ihre Änderungen warten hier.</translation>
    </message>
    <message>
        <source>Ask its owner: GRANT engram_member TO your user.</source>
        <translation>Bitten Sie den Eigentümer: GRANT engram_member TO Ihr Nutzer.</translation>
    </message>
    <message>
        <source>There is no shared log in this database.</source>
        <translation>In dieser Datenbank gibt es kein gemeinsames Protokoll.</translation>
    </message>
    <message>
        <source>Join it with: workbench group join ADDRESS</source>
        <translation>Treten Sie bei mit: workbench group join ADRESSE</translation>
    </message>
    <message>
        <source>The server has no space left; your changes wait here.</source>
        <translation>Der Server hat keinen Platz mehr; Ihre Änderungen warten hier.</translation>
    </message>
    <message>
        <source>Ask its administrator for some.</source>
        <translation>Bitten Sie seinen Verwalter um welchen.</translation>
    </message>
    <message>
        <source>{} {} failed, and is tried again while the library is open.</source>
        <translation>{} {} ist fehlgeschlagen und wird wieder versucht, solange die Bibliothek offen ist.</translation>
    </message>
    <message>
        <source>The fonts of this PDF do not say which letters they show, so its text cannot be read.</source>
        <translation>Die Schriften dieses PDFs sagen nicht, welche Buchstaben sie zeigen, daher kann sein Text nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Run the file through a text recognition (OCR) program and add the result.</source>
        <translation>Bearbeiten Sie die Datei mit einem Programm zur Texterkennung (OCR), und fügen Sie das Ergebnis hinzu.</translation>
    </message>
    <message>
        <source>Run the file through a text recognition (OCR) program if you need them.</source>
        <translation>Bearbeiten Sie die Datei mit einem Programm zur Texterkennung (OCR), wenn Sie sie brauchen.</translation>
    </message>
    <message>
        <source>The printed page numbers of this PDF could not be read.</source>
        <translation>Die gedruckten Seitenzahlen dieses PDFs konnten nicht gelesen werden.</translation>
    </message>
    <message>
        <source>This PDF says that it has {} pages, but only {} are there.</source>
        <translation>Dieses PDF gibt {} Seiten an, aber nur {} sind da.</translation>
    </message>
    <message>
        <source>Copy or download the file again if you miss the rest.</source>
        <translation>Kopieren oder laden Sie die Datei noch einmal, wenn Ihnen der Rest fehlt.</translation>
    </message>
    <message>
        <source>Copy or download the file again if you need them.</source>
        <translation>Kopieren oder laden Sie die Datei noch einmal, wenn Sie sie brauchen.</translation>
    </message>
    <message>
        <source>Re-index the source to try all of its pages again.</source>
        <translation>Indizieren Sie die Quelle neu, um alle Seiten noch einmal zu versuchen.</translation>
    </message>
    <message>
        <source>Look at the page if you expect more text on it.</source>
        <translation>Sehen Sie die Seite an, wenn Sie dort mehr Text erwarten.</translation>
    </message>
    <message>
        <source>Page {} of this PDF is damaged.</source>
        <translation>Seite {} dieses PDFs ist beschädigt.</translation>
    </message>
    <message>
        <source>{} has no page {}.</source>
        <translation>{} hat keine Seite {}.</translation>
    </message>
    <message>
        <source>The file may have changed; add it again.</source>
        <translation>Vielleicht wurde die Datei geändert; fügen Sie sie noch einmal hinzu.</translation>
    </message>
    <message>
        <source>This rich text (RTF) document is corrupt.</source>
        <translation>Dieses RTF-Dokument ist beschädigt.</translation>
    </message>
    <message>
        <source>Open it in a word processor, save it again, and add the new copy.</source>
        <translation>Öffnen Sie es in einer Textverarbeitung, speichern Sie es noch einmal, und fügen Sie die neue Kopie hinzu.</translation>
    </message>
    <message>
        <source>The sheets of this workbook are empty, or contain only drawings.</source>
        <translation>Die Blätter dieser Mappe sind leer oder enthalten nur Zeichnungen.</translation>
    </message>
    <message>
        <source>This presentation contains no text, only pictures or nothing at all.</source>
        <translation>Diese Präsentation enthält keinen Text, nur Bilder oder gar nichts.</translation>
    </message>
    <message>
        <source>Save or export it as PDF and add that: its pictures are read there.</source>
        <translation>Speichern Sie sie als PDF, und fügen Sie dieses hinzu: Darin werden die Bilder gelesen.</translation>
    </message>
    <message>
        <source>This page has no text in it; perhaps a program in it fetches the text when it is shown.</source>
        <translation>Auf dieser Seite steht kein Text; vielleicht holt ein Programm darin den Text erst beim Anzeigen.</translation>
    </message>
    <message>
        <source>Nobody says anything in this chat.</source>
        <translation>In diesem Chat sagt niemand etwas.</translation>
    </message>
    <message>
        <source>Export it again and add that.</source>
        <translation>Exportieren Sie ihn noch einmal, und fügen Sie das hinzu.</translation>
    </message>
    <message>
        <source>No row of this table has a text.</source>
        <translation>Keine Zeile dieser Tabelle enthält Text.</translation>
    </message>
    <message>
        <source>Add a table that has text in it.</source>
        <translation>Fügen Sie eine Tabelle mit Text hinzu.</translation>
    </message>
    <message>
        <source>Split it into smaller files and add those.</source>
        <translation>Teilen Sie sie in kleinere Dateien, und fügen Sie diese hinzu.</translation>
    </message>
    <message>
        <source>No text recognition is installed.</source>
        <translation>Es ist keine Texterkennung installiert.</translation>
    </message>
    <message>
        <source>The text of a picture could not be recognised.</source>
        <translation>Der Text eines Bildes konnte nicht erkannt werden.</translation>
    </message>
    <message>
        <source>Text recognition took too long on a picture.</source>
        <translation>Die Texterkennung brauchte für ein Bild zu lange.</translation>
    </message>
    <message>
        <source>If you need its words, cut it out, sharpen it and add it separately.</source>
        <translation>Wenn Sie seine Wörter brauchen, schneiden Sie es aus, schärfen Sie es, und fügen Sie es einzeln hinzu.</translation>
    </message>
    <message>
        <source>The words in its pictures are read next.</source>
        <translation>Als Nächstes werden die Wörter in den Bildern gelesen.</translation>
    </message>
    <message>
        <source>Its text is there already.</source>
        <translation>Der Text ist schon da.</translation>
    </message>
    <message>
        <source>{} characters of this file are not valid UTF-{} and are shown as �.</source>
        <translation>{} Zeichen dieser Datei sind kein gültiges UTF-{} und werden als � gezeigt.</translation>
    </message>
    <message>
        <source>Save the file as UTF-{} and add it again if words are missing.</source>
        <translation>Speichern Sie die Datei als UTF-{}, und fügen Sie sie noch einmal hinzu, wenn Wörter fehlen.</translation>
    </message>
    <message>
        <source>{} did not give this page ({}).</source>
        <translation>{} gab diese Seite nicht heraus ({}).</translation>
    </message>
    <message>
        <source>Open it in a browser, save the page (or print it to PDF), and add that file.</source>
        <translation>Öffnen Sie sie in einem Browser, speichern Sie die Seite (oder drucken Sie sie als PDF), und fügen Sie diese Datei hinzu.</translation>
    </message>
    <message>
        <source>{} asks for a login before it shows this page ({}).</source>
        <translation>{} verlangt eine Anmeldung, bevor diese Seite gezeigt wird ({}).</translation>
    </message>
    <message>
        <source>{} does not show this page to programs, or asks for a login ({}).</source>
        <translation>{} zeigt diese Seite Programmen nicht oder verlangt eine Anmeldung ({}).</translation>
    </message>
    <message>
        <source>There is no such page at {} ({}).</source>
        <translation>Bei {} gibt es keine solche Seite ({}).</translation>
    </message>
    <message>
        <source>Check the address and add it again.</source>
        <translation>Prüfen Sie die Adresse, und fügen Sie sie noch einmal hinzu.</translation>
    </message>
    <message>
        <source>{} has had too many requests ({}).</source>
        <translation>{} bekam zu viele Anfragen ({}).</translation>
    </message>
    <message>
        <source>Retry in a few minutes.</source>
        <translation>Versuchen Sie es in ein paar Minuten noch einmal.</translation>
    </message>
    <message>
        <source>{} has a problem of its own ({}).</source>
        <translation>{} hat selbst eine Störung ({}).</translation>
    </message>
    <message>
        <source>Retry later; nothing was lost.</source>
        <translation>Versuchen Sie es später noch einmal; verloren ging nichts.</translation>
    </message>
    <message>
        <source>There was no answer in time from {}.</source>
        <translation>{} antwortete nicht rechtzeitig.</translation>
    </message>
    <message>
        <source>Check that this machine is online, then retry.</source>
        <translation>Prüfen Sie, ob dieser Rechner im Netz ist, und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>There is no host {}, or this machine is offline.</source>
        <translation>Den Rechner {} gibt es nicht, oder dieser Rechner ist nicht im Netz.</translation>
    </message>
    <message>
        <source>Check the address and the connection, then retry.</source>
        <translation>Prüfen Sie die Adresse und die Verbindung, und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>{} did not answer in time.</source>
        <translation>{} antwortete nicht rechtzeitig.</translation>
    </message>
    <message>
        <source>Retry later, or save the page in a browser and add the file.</source>
        <translation>Versuchen Sie es später noch einmal, oder speichern Sie die Seite in einem Browser, und fügen Sie die Datei hinzu.</translation>
    </message>
    <message>
        <source>{} cannot be reached.</source>
        <translation>{} ist nicht zu erreichen.</translation>
    </message>
    <message>
        <source>Check the connection, then retry; where the network allows only a proxy, save the page in a browser and add the file.</source>
        <translation>Prüfen Sie die Verbindung, und versuchen Sie es dann noch einmal; lässt das Netz nur einen Proxy zu, speichern Sie die Seite in einem Browser, und fügen Sie die Datei hinzu.</translation>
    </message>
    <message>
        <source>This address is too long.</source>
        <translation>Diese Adresse ist zu lang.</translation>
    </message>
    <message>
        <source>Give the address of a page, beginning with https:// or http://.</source>
        <translation>Geben Sie die Adresse einer Seite an, die mit https:// oder http:// beginnt.</translation>
    </message>
    <message>
        <source>This address contains characters that no address can have.</source>
        <translation>Diese Adresse enthält Zeichen, die in keiner Adresse stehen können.</translation>
    </message>
    <message>
        <source>{} names no host.</source>
        <translation>{} nennt keinen Rechner.</translation>
    </message>
    <message>
        <source>{} is not an address that can be opened.</source>
        <translation>{} ist keine Adresse, die sich öffnen lässt.</translation>
    </message>
    <message>
        <source>This link leads to a file on this machine, which links may not do.</source>
        <translation>Dieser Link führt zu einer Datei auf diesem Rechner; das dürfen Links nicht.</translation>
    </message>
    <message>
        <source>Add the file itself.</source>
        <translation>Fügen Sie die Datei selbst hinzu.</translation>
    </message>
    <message>
        <source>No model server answers at {}.</source>
        <translation>Unter {} antwortet kein Modellserver.</translation>
    </message>
    <message>
        <source>Start it (Ollama: ollama serve), or install Ollama from ollama.com.</source>
        <translation>Starten Sie ihn (Ollama: ollama serve), oder installieren Sie Ollama von ollama.com.</translation>
    </message>
    <message>
        <source>There is no speech model {} here.</source>
        <translation>Hier gibt es kein Modell {} zum Transkribieren.</translation>
    </message>
    <message>
        <source>The queue stopped because of an error in this program.</source>
        <translation>Die Warteschlange hielt wegen eines Fehlers in diesem Programm an.</translation>
    </message>
    <message>
        <source>Start it again; finished work is kept.</source>
        <translation>Starten Sie es noch einmal; fertige Arbeit bleibt erhalten.</translation>
    </message>
    <message>
        <source>The disk for temporary files is full; nothing that was stored is lost.</source>
        <translation>Der Datenträger für temporäre Dateien ist voll; nichts Gespeichertes ist verloren.</translation>
    </message>
    <message>
        <source>Free some space.</source>
        <translation>Schaffen Sie Platz.</translation>
    </message>
    <message>
        <source>{} names no concept of the library.</source>
        <translation>{} nennt keinen Begriff der Bibliothek.</translation>
    </message>
    <message>
        <source>See which there are with `workbench list concepts`.</source>
        <translation>Welche es gibt, zeigt `workbench list concepts`.</translation>
    </message>
    <message>
        <source>File › Add Files…</source>
        <translation>Datei › Dateien hinzufügen…</translation>
    </message>
    <message>
        <source>Library › Find a Concept</source>
        <translation>Bibliothek › Begriff suchen</translation>
    </message>
    <message>
        <source>Settings › Models</source>
        <translation>Einstellungen › Modelle</translation>
    </message>
    <message>
        <source>Edit › History…</source>
        <translation>Bearbeiten › Verlauf…</translation>
    </message>
    <message>
        <source>File › Synchronise with Other Devices…</source>
        <translation>Datei › Mit anderen Geräten abgleichen…</translation>
    </message>
    <message>
        <source>File › Verify Library</source>
        <translation>Datei › Bibliothek prüfen</translation>
    </message>
    <message>
        <source>Workbench can't read this kind of file.</source>
        <translation>Dateien dieser Art kann Workbench nicht lesen.</translation>
    </message>
    <message>
        <source>Add a book or document (PDF, EPUB, Word, OpenDocument, RTF, HTML, Markdown, text), e-mail, captions, a picture, a table, JSON Lines, or a ZIP file of these.</source>
        <translation>Fügen Sie ein Buch oder Dokument (PDF, EPUB, Word, OpenDocument, RTF, HTML, Markdown, Text), E-Mails, Untertitel, ein Bild, eine Tabelle, JSON Lines oder eine ZIP-Datei davon hinzu.</translation>
    </message>
    <message>
        <source>The question holds no words.</source>
        <translation>Die Frage enthält keine Wörter.</translation>
    </message>
    <message>
        <source>Ask about anything in your sources.</source>
        <translation>Fragen Sie nach etwas in Ihren Quellen.</translation>
    </message>
    <message>
        <source>This JSON file contains data but no text.</source>
        <translation>Diese JSON-Datei enthält Daten, aber keinen Text.</translation>
    </message>
    <message>
        <source>There is no file {} here any more.</source>
        <translation>Die Datei {} gibt es hier nicht mehr.</translation>
    </message>
    <message>
        <source>Check where it is and add it again.</source>
        <translation>Sehen Sie nach, wo sie ist, und fügen Sie sie noch einmal hinzu.</translation>
    </message>
    <message>
        <source>{} may not be read.</source>
        <translation>{} darf nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Change its permissions, or copy it to your own folder.</source>
        <translation>Ändern Sie die Rechte, oder kopieren Sie sie in einen eigenen Ordner.</translation>
    </message>
    <message>
        <source>{} is a folder.</source>
        <translation>{} ist ein Ordner.</translation>
    </message>
    <message>
        <source>Add the files in it.</source>
        <translation>Fügen Sie die Dateien darin hinzu.</translation>
    </message>
    <message>
        <source>The file is empty ({} bytes).</source>
        <translation>Die Datei ist leer ({} Byte).</translation>
    </message>
    <message>
        <source>Choose a file that has text in it.</source>
        <translation>Wählen Sie eine Datei mit Text.</translation>
    </message>
    <message>
        <source>This is a program; programs are not read.</source>
        <translation>Das ist ein Programm; Programme werden nicht gelesen.</translation>
    </message>
    <message>
        <source>This is a Windows program; programs are not read.</source>
        <translation>Das ist ein Windows-Programm; Programme werden nicht gelesen.</translation>
    </message>
    <message>
        <source>This is a SQLite database; databases are not read as sources.</source>
        <translation>Das ist eine SQLite-Datenbank; Datenbanken werden nicht als Quellen gelesen.</translation>
    </message>
    <message>
        <source>This is a HEIC photograph, and the software that unpacks those cannot be included.</source>
        <translation>Das ist ein HEIC-Foto, und die Software, die solche entpackt, darf nicht mitgeliefert werden.</translation>
    </message>
    <message>
        <source>Save or export it as JPEG or PNG and add that.</source>
        <translation>Speichern Sie es als JPEG oder PNG, und fügen Sie das hinzu.</translation>
    </message>
    <message>
        <source>This is a Kindle book (MOBI); that format is not read yet.</source>
        <translation>Das ist ein Kindle-Buch (MOBI); dieses Format wird noch nicht gelesen.</translation>
    </message>
    <message>
        <source>Convert it to EPUB and add that.</source>
        <translation>Wandeln Sie es in EPUB um, und fügen Sie das hinzu.</translation>
    </message>
    <message>
        <source>This is a RAR archive; that format is not read yet.</source>
        <translation>Das ist ein RAR-Archiv; dieses Format wird noch nicht gelesen.</translation>
    </message>
    <message>
        <source>This is a {}-Zip archive; that format is not read yet.</source>
        <translation>Das ist ein {}-Zip-Archiv; dieses Format wird noch nicht gelesen.</translation>
    </message>
    <message>
        <source>This is a Gzip archive; that format is not read yet.</source>
        <translation>Das ist ein Gzip-Archiv; dieses Format wird noch nicht gelesen.</translation>
    </message>
    <message>
        <source>This is a tar archive; that format is not read yet.</source>
        <translation>Das ist ein tar-Archiv; dieses Format wird noch nicht gelesen.</translation>
    </message>
    <message>
        <source>Unpack it and add the files that are in it.</source>
        <translation>Entpacken Sie es, und fügen Sie die Dateien darin hinzu.</translation>
    </message>
    <message>
        <source>This is an old Word document (DOC); that format is not read yet.</source>
        <translation>Das ist ein altes Word-Dokument (DOC); dieses Format wird noch nicht gelesen.</translation>
    </message>
    <message>
        <source>Save it as DOCX or PDF and add that.</source>
        <translation>Speichern Sie es als DOCX oder PDF, und fügen Sie das hinzu.</translation>
    </message>
    <message>
        <source>This is an old Excel workbook (XLS); that format is not read yet.</source>
        <translation>Das ist eine alte Excel-Mappe (XLS); dieses Format wird noch nicht gelesen.</translation>
    </message>
    <message>
        <source>Save the sheet that has the texts as CSV and add that.</source>
        <translation>Speichern Sie das Blatt mit den Texten als CSV, und fügen Sie das hinzu.</translation>
    </message>
    <message>
        <source>This is an old PowerPoint presentation (PPT); that format is not read yet.</source>
        <translation>Das ist eine alte PowerPoint-Präsentation (PPT); dieses Format wird noch nicht gelesen.</translation>
    </message>
    <message>
        <source>This is an Outlook message (MSG); that format is not read yet.</source>
        <translation>Das ist eine Outlook-Nachricht (MSG); dieses Format wird noch nicht gelesen.</translation>
    </message>
    <message>
        <source>Save it as an .eml file and add that.</source>
        <translation>Speichern Sie sie als .eml-Datei, und fügen Sie das hinzu.</translation>
    </message>
    <message>
        <source>This is a PostScript document; that format is not read yet.</source>
        <translation>Das ist ein PostScript-Dokument; dieses Format wird noch nicht gelesen.</translation>
    </message>
    <message>
        <source>Save or export it as PDF and add that.</source>
        <translation>Speichern Sie es als PDF, und fügen Sie das hinzu.</translation>
    </message>
    <message>
        <source>This is an SVG drawing: drawing instructions, not a picture.</source>
        <translation>Das ist eine SVG-Zeichnung: Anweisungen zum Zeichnen, kein Bild.</translation>
    </message>
    <message>
        <source>Export it as PNG and add that.</source>
        <translation>Exportieren Sie sie als PNG, und fügen Sie das hinzu.</translation>
    </message>
    <message>
        <source>This Office document is locked with a password.</source>
        <translation>Dieses Office-Dokument ist mit einem Passwort geschützt.</translation>
    </message>
    <message>
        <source>Open it, remove the password, and add the unlocked copy.</source>
        <translation>Öffnen Sie es, entfernen Sie das Passwort, und fügen Sie die Kopie ohne Passwort hinzu.</translation>
    </message>
    <message>
        <source>This message is encrypted.</source>
        <translation>Diese Nachricht ist verschlüsselt.</translation>
    </message>
    <message>
        <source>Save it decrypted from your mail program and add that.</source>
        <translation>Speichern Sie sie entschlüsselt aus Ihrem E-Mail-Programm, und fügen Sie das hinzu.</translation>
    </message>
    <message>
        <source>This message contains no text.</source>
        <translation>Diese Nachricht enthält keinen Text.</translation>
    </message>
    <message>
        <source>Check that it was saved completely.</source>
        <translation>Prüfen Sie, ob sie vollständig gespeichert wurde.</translation>
    </message>
    <message>
        <source>These captions contain times but no words.</source>
        <translation>Diese Untertitel enthalten Zeiten, aber keine Wörter.</translation>
    </message>
    <message>
        <source>Add another caption file of the recording.</source>
        <translation>Fügen Sie eine andere Untertiteldatei der Aufnahme hinzu.</translation>
    </message>
    <message>
        <source>This picture is cut off or corrupt.</source>
        <translation>Dieses Bild ist abgeschnitten oder beschädigt.</translation>
    </message>
    <message>
        <source>Copy or save it again and add the new copy.</source>
        <translation>Kopieren oder speichern Sie es noch einmal, und fügen Sie die neue Kopie hinzu.</translation>
    </message>
    <message>
        <source>Nobody speaks in this recording: it is silent, or only music.</source>
        <translation>In dieser Aufnahme spricht niemand: Sie ist stumm oder enthält nur Musik.</translation>
    </message>
    <message>
        <source>Check that it is the right file; captions can be added as an .srt or .vtt file.</source>
        <translation>Prüfen Sie, ob es die richtige Datei ist; Untertitel lassen sich als .srt- oder .vtt-Datei hinzufügen.</translation>
    </message>
    <message>
        <source>The sound of this recording is in a format that cannot be read here.</source>
        <translation>Der Ton dieser Aufnahme hat ein Format, das hier nicht gelesen werden kann.</translation>
    </message>
    <message>
        <source>No sound in this recording can be decoded: it is cut off or corrupt.</source>
        <translation>Der Ton dieser Aufnahme lässt sich nicht dekodieren: Sie ist abgeschnitten oder beschädigt.</translation>
    </message>
    <message>
        <source>This recording cannot be opened: it is cut off or corrupt.</source>
        <translation>Diese Aufnahme kann nicht geöffnet werden: Sie ist abgeschnitten oder beschädigt.</translation>
    </message>
    <message>
        <source>Words of the question: {}.</source>
        <translation>Wörter der Frage: {}.</translation>
    </message>
    <message>
        <source>Nearby: {}.</source>
        <translation>In der Nähe: {}.</translation>
    </message>
    <message>
        <source>The chapter {} names {}.</source>
        <translation>Das Kapitel {} nennt {}.</translation>
    </message>
    <message>
        <source>The question names the title {}.</source>
        <translation>Die Frage nennt den Titel {}.</translation>
    </message>
    <message>
        <source>Similar in meaning.</source>
        <translation>Ähnlich in der Bedeutung.</translation>
    </message>
    <message>
        <source>another form</source>
        <translation>andere Form</translation>
    </message>
    <message>
        <source>The title page names the author.</source>
        <translation>Die Titelseite nennt den Verfasser.</translation>
    </message>
    <message>
        <source>An answer before this one cites it.</source>
        <translation>Eine frühere Antwort zitiert es.</translation>
    </message>
    <message>
        <source>It contains instructions aimed at a language model; they were read as plain text.</source>
        <translation>Es enthält Anweisungen an ein Sprachmodell; sie wurden als bloßer Text gelesen.</translation>
    </message>
    <message>
        <source>Takes in what pictures show, as codes.</source>
        <translation>Nimmt als Codes auf, was Bilder zeigen.</translation>
    </message>
    <message>
        <source>Takes in what recordings say, as codes.</source>
        <translation>Nimmt als Codes auf, was Aufnahmen sagen.</translation>
    </message>
    <message>
        <source>Each concept is a group of {} neurons here.</source>
        <translation>Jeder Begriff ist hier eine Gruppe von {} Neuronen.</translation>
    </message>
    <message>
        <source>Holds sequences: what came next in what was read, so that it is expected.</source>
        <translation>Merkt sich Abfolgen: was im Gelesenen als Nächstes kam, damit es erwartet wird.</translation>
    </message>
    <message>
        <source>Tells apart who does what: a hundred neurons for each concept in a relation.</source>
        <translation>Unterscheidet, wer was tut: hundert Neuronen für jeden Begriff in einer Beziehung.</translation>
    </message>
    <message>
        <source>Keeps in mind what was asked about and what came up, seven things at most.</source>
        <translation>Behält im Sinn, wonach gefragt wurde und was aufkam, höchstens sieben Dinge.</translation>
    </message>
    <message>
        <source>Answers to what matters: what is salient is strengthened more.</source>
        <translation>Reagiert auf Wichtiges: Auffälliges wird stärker gefestigt.</translation>
    </message>
    <message>
        <source>Holds the answer that is being given.</source>
        <translation>Hält die Antwort, die gerade gegeben wird.</translation>
    </message>
    <message>
        <source>Sets gain, focus, noise and learning by four modulators.</source>
        <translation>Regelt Verstärkung, Fokus, Rauschen und Lernen mit vier Modulatoren.</translation>
    </message>
    <message>
        <source>Keeps time and procedures: what is done in which order.</source>
        <translation>Hält Zeit und Abläufe: was in welcher Reihenfolge getan wird.</translation>
    </message>
    <message>
        <source>quick and rough</source>
        <translation>schnell und grob</translation>
    </message>
    <message>
        <source>quick</source>
        <translation>schnell</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>very good, slow</source>
        <translation>sehr gut, langsam</translation>
    </message>
    <message>
        <source>very good, faster than its size</source>
        <translation>sehr gut, schneller als seine Größe</translation>
    </message>
    <message>
        <source>best, very slow</source>
        <translation>am besten, sehr langsam</translation>
    </message>
    <message>
        <source>{} pages were left out: a PDF is read up to {} pages.</source>
        <translation>{} Seiten wurden ausgelassen: Ein PDF wird bis {} Seiten gelesen.</translation>
    </message>
    <message>
        <source>{} files were left out: an archive is read up to {} files and {} GB.</source>
        <translation>{} Dateien wurden ausgelassen: Ein Archiv wird bis {} Dateien und {} GB gelesen.</translation>
    </message>
    <message>
        <source>Some LaTeX of this document could not be read and stays as it is.</source>
        <translation>Manches LaTeX in diesem Dokument war nicht lesbar und bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Its letter is in a form of rich text that is not known.</source>
        <translation>Der Brief darin steht in einer unbekannten Form von Rich Text.</translation>
    </message>
    <message>
        <source>{} more entries were left out.</source>
        <translation>{} weitere Einträge wurden ausgelassen.</translation>
    </message>
    <message>
        <source>Some of the LaTeX in this file could not be read; it stays as it is.</source>
        <translation>Manches LaTeX in dieser Datei war nicht lesbar; es bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Add them, too.</source>
        <translation>Fügen Sie diese auch hinzu.</translation>
    </message>
    <message>
        <source>Open it in a word processor, save what is embedded as files, and add what you need.</source>
        <translation>Öffnen Sie es in einer Textverarbeitung, speichern Sie das Eingebettete als Dateien und fügen Sie hinzu, was Sie brauchen.</translation>
    </message>
    <message>
        <source>Open it in Word, save what is embedded as files, and add what you need of it.</source>
        <translation>Öffnen Sie es in Word, speichern Sie das Eingebettete als Dateien und fügen Sie hinzu, was Sie davon brauchen.</translation>
    </message>
    <message>
        <source>The XML of this file is broken; it stays as it is.</source>
        <translation>Das XML dieser Datei ist fehlerhaft; es bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>The language of this text could not be detected.</source>
        <translation>Die Sprache dieses Textes wurde nicht erkannt.</translation>
    </message>
    <message>
        <source>Re-index the source to try again.</source>
        <translation>Lesen Sie die Quelle neu ein, um es noch einmal zu versuchen.</translation>
    </message>
    <message>
        <source>The texts are taken from {}.</source>
        <translation>Die Texte stammen aus {}.</translation>
    </message>
    <message>
        <source>Correct the times if the seconds of quotes matter, and add the file again.</source>
        <translation>Berichtigen Sie die Zeiten, falls es auf die Sekunden der Zitate ankommt, und fügen Sie die Datei noch einmal hinzu.</translation>
    </message>
    <message>
        <source>What comes after the first page of this picture could not be read.</source>
        <translation>Was nach der ersten Seite dieses Bildes kommt, war nicht lesbar.</translation>
    </message>
    <message>
        <source>Scan or save it again if you need more of it.</source>
        <translation>Scannen oder speichern Sie es noch einmal, falls Sie mehr davon brauchen.</translation>
    </message>
    <message>
        <source>What this picture says of itself (date, place, caption) is unreadable.</source>
        <translation>Was dieses Bild von sich selbst sagt (Datum, Ort, Bildunterschrift), ist nicht lesbar.</translation>
    </message>
    <message>
        <source>Scan or save it again if you need it.</source>
        <translation>Scannen oder speichern Sie es noch einmal, falls Sie es brauchen.</translation>
    </message>
    <message>
        <source>This picture moves; the first of its {} pictures was read.</source>
        <translation>Dieses Bild bewegt sich; gelesen wurde das erste seiner {} Bilder.</translation>
    </message>
    <message>
        <source>Which way up this picture belongs could not be read.</source>
        <translation>Wo bei diesem Bild oben ist, war nicht zu lesen.</translation>
    </message>
    <message>
        <source>If you have a whole copy, add that.</source>
        <translation>Wenn Sie eine ganze Kopie haben, fügen Sie diese hinzu.</translation>
    </message>
    <message>
        <source>Some of the sound could not be decoded and was passed over.</source>
        <translation>Ein Teil des Tons war nicht zu entschlüsseln und wurde übergangen.</translation>
    </message>
    <message>
        <source>If you have another copy, add that.</source>
        <translation>Wenn Sie eine andere Kopie haben, fügen Sie diese hinzu.</translation>
    </message>
    <message>
        <source>Only the description was read: this file does not hold the video's captions.</source>
        <translation>Nur die Beschreibung wurde gelesen: Diese Datei enthält die Untertitel des Videos nicht.</translation>
    </message>
    <message>
        <source>Add them as an .srt or .vtt file for what is said.</source>
        <translation>Fügen Sie diese als .srt- oder .vtt-Datei hinzu, damit auch das Gesagte gelesen wird.</translation>
    </message>
    <message>
        <source>Add the pages after it as a file of their own if their figures hold words.</source>
        <translation>Fügen Sie die Seiten danach als eigene Datei hinzu, falls in ihren Abbildungen Wörter stehen.</translation>
    </message>
    <message>
        <source>There is no stage {}.</source>
        <translation>Es gibt keine Stufe {}.</translation>
    </message>
    <message>
        <source>There is no {}.</source>
        <translation>Es gibt kein {}.</translation>
    </message>
    <message>
        <source>See what is known about it with: workbench recall CUE</source>
        <translation>Was darüber bekannt ist, zeigt: workbench recall CUE</translation>
    </message>
    <message>
        <source>{} is there already.</source>
        <translation>{} gibt es schon.</translation>
    </message>
    <message>
        <source>Choose the name of a new file.</source>
        <translation>Wählen Sie den Namen einer neuen Datei.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>There is no memory {}.</source>
        <translation>Es gibt keine Notiz {}.</translation>
    </message>
    <message>
        <source>See `workbench list memories`.</source>
        <translation>Alle zeigt `workbench list memories`.</translation>
    </message>
    <message>
        <source>No source has the tag {}.</source>
        <translation>Keine Quelle hat das Schlagwort {}.</translation>
    </message>
    <message>
        <source>See `workbench list tags`.</source>
        <translation>Alle zeigt `workbench list tags`.</translation>
    </message>
    <message>
        <source>{} is not in that transcript.</source>
        <translation>{} kommt in dieser Abschrift nicht vor.</translation>
    </message>
    <message>
        <source>{} occurs there {} times.</source>
        <translation>{} kommt dort {}-mal vor.</translation>
    </message>
    <message>
        <source>Say where with --at, or give more of the words around it.</source>
        <translation>Geben Sie mit --at an, wo, oder mehr von den Wörtern ringsum.</translation>
    </message>
    <message>
        <source>{} is not a time.</source>
        <translation>{} ist keine Zeit.</translation>
    </message>
    <message>
        <source>Write it like {}:{} or {}:{}:{}.</source>
        <translation>Schreiben Sie sie wie {}:{} oder {}:{}:{}.</translation>
    </message>
    <message>
        <source>--page needs exactly one source.</source>
        <translation>--page braucht genau eine Quelle.</translation>
    </message>
    <message>
        <source>Give one ID.</source>
        <translation>Geben Sie eine Nummer an.</translation>
    </message>
    <message>
        <source>There is no path worth showing within {} hops.</source>
        <translation>Innerhalb von {} Schritten gibt es keinen Weg, der sich zu zeigen lohnt.</translation>
    </message>
    <message>
        <source>Widen the scope, or allow more.</source>
        <translation>Erweitern Sie den Bereich oder lassen Sie mehr Schritte zu.</translation>
    </message>
    <message>
        <source>{} of the oldest facts were removed to make room.</source>
        <translation>{} der ältesten Fakten wurden entfernt, um Platz zu schaffen.</translation>
    </message>
    <message>
        <source>There is no library at {}.</source>
        <translation>In {} ist keine Bibliothek.</translation>
    </message>
    <message>
        <source>Check the name, or add something to it first.</source>
        <translation>Prüfen Sie den Namen oder fügen Sie ihr zuerst etwas hinzu.</translation>
    </message>
    <message>
        <source>Check the name, or make it with --write.</source>
        <translation>Prüfen Sie den Namen oder legen Sie sie mit --write an.</translation>
    </message>
    <message>
        <source>There is no collection called {}.</source>
        <translation>Es gibt keine Sammlung namens {}.</translation>
    </message>
    <message>
        <source>See `workbench list collections`.</source>
        <translation>Alle zeigt `workbench list collections`.</translation>
    </message>
    <message>
        <source>See `workbench list collections`, or make it with --write.</source>
        <translation>Alle zeigt `workbench list collections`; mit --write wird sie angelegt.</translation>
    </message>
    <message>
        <source>Reading the sample book once…</source>
        <translation>Das Beispielbuch wird einmal gelesen …</translation>
    </message>
    <message>
        <source>The sample book could not be read.</source>
        <translation>Das Beispielbuch ließ sich nicht lesen.</translation>
    </message>
    <message>
        <source>There is no folder {}.</source>
        <translation>Es gibt keinen Ordner {}.</translation>
    </message>
    <message>
        <source>Check the name after --folder.</source>
        <translation>Prüfen Sie den Namen hinter --folder.</translation>
    </message>
    <message>
        <source>Files can only be added with --write.</source>
        <translation>Dateien lassen sich nur mit --write hinzufügen.</translation>
    </message>
    <message>
        <source>Add --write to --folder.</source>
        <translation>Geben Sie zu --folder auch --write an.</translation>
    </message>
    <message>
        <source>At {} other machines could reach the library, unencrypted.</source>
        <translation>Unter {} könnten andere Computer die Bibliothek unverschlüsselt erreichen.</translation>
    </message>
    <message>
        <source>Add --yes-beyond-this-machine if you trust the network.</source>
        <translation>Geben Sie --yes-beyond-this-machine an, wenn Sie dem Netz vertrauen.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>What was finished is kept; run the same command again.</source>
        <translation>Was fertig war, bleibt; rufen Sie denselben Befehl noch einmal auf.</translation>
    </message>
    <message>
        <source>{} is not a number of facts.</source>
        <translation>{} ist keine Anzahl von Fakten.</translation>
    </message>
    <message>
        <source>Give a number from {} on, or {}.</source>
        <translation>Geben Sie eine Zahl ab {} an oder {}.</translation>
    </message>
    <message>
        <source>{} sets no limit.</source>
        <translation>{} legt keine Grenze fest.</translation>
    </message>
    <message>
        <source>{} names no number.</source>
        <translation>{} nennt keine Zahl.</translation>
    </message>
    <message>
        <source>Write a name and a number, such as memories={}.</source>
        <translation>Schreiben Sie einen Namen und eine Zahl, etwa memories={}.</translation>
    </message>
    <message>
        <source>{} sets nothing.</source>
        <translation>{} legt nichts fest.</translation>
    </message>
    <message>
        <source>Write NAME=VALUE, such as max_spread_hops={}.</source>
        <translation>Schreiben Sie NAME=VALUE, etwa max_spread_hops={}.</translation>
    </message>
    <message>
        <source>Write NAME=VALUE, such as every_hours={}.</source>
        <translation>Schreiben Sie NAME=VALUE, etwa every_hours={}.</translation>
    </message>
    <message>
        <source>The two secrets differ; nothing was saved.</source>
        <translation>Die beiden Geheimnisse sind verschieden; nichts wurde gespeichert.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This secret opens nothing under that key.</source>
        <translation>Dieses Geheimnis öffnet nichts unter diesem Schlüssel.</translation>
    </message>
    <message>
        <source>Check the scope and the key, and type the secret again.</source>
        <translation>Prüfen Sie Bereich und Schlüssel und geben Sie das Geheimnis noch einmal ein.</translation>
    </message>
    <message>
        <source>The input is not UTF-{} text.</source>
        <translation>Die Eingabe ist kein UTF-{}-Text.</translation>
    </message>
    <message>
        <source>Pipe the secret and the value as UTF-{}.</source>
        <translation>Leiten Sie Geheimnis und Wert als UTF-{} ein.</translation>
    </message>
    <message>
        <source>There is no standard input.</source>
        <translation>Es gibt keine Standardeingabe.</translation>
    </message>
    <message>
        <source>Pipe text into the command.</source>
        <translation>Leiten Sie Text in den Befehl.</translation>
    </message>
    <message>
        <source>The input is not text.</source>
        <translation>Die Eingabe ist kein Text.</translation>
    </message>
    <message>
        <source>Pipe text, or add a file with: workbench add FILE</source>
        <translation>Leiten Sie Text ein oder fügen Sie eine Datei hinzu mit: workbench add FILE</translation>
    </message>
    <message>
        <source>{} is not a lesson.</source>
        <translation>{} ist keine Lektion.</translation>
    </message>
    <message>
        <source>Give the number of one, or all; see: brain lessons</source>
        <translation>Geben Sie die Nummer einer Lektion oder all an; siehe: brain lessons</translation>
    </message>
    <message>
        <source>Compiling the brain for this machine, once; this takes a moment.</source>
        <translation>Das Gehirn wird einmal für diesen Computer übersetzt; das dauert einen Augenblick.</translation>
    </message>
    <message>
        <source>It cannot be compiled here; a small brain answers instead.</source>
        <translation>Hier lässt es sich nicht übersetzen; ein kleines Gehirn antwortet stattdessen.</translation>
    </message>
    <message>
        <source>Another program is reading the library: if there was a former value, what is left of it, sealed, leaves the log when that program closes it.</source>
        <translation>Ein anderes Programm liest die Bibliothek: Gab es einen früheren Wert, verlässt sein versiegelter Rest das Protokoll, wenn dieses Programm sie schließt.</translation>
    </message>
    <message>
        <source>{} added, {} could not be used.</source>
        <translation>{} hinzugefügt, {} nicht zu gebrauchen.</translation>
    </message>
    <message>
        <source>works</source>
        <translation>funktioniert</translation>
    </message>
    <message>
        <source>needs a model</source>
        <translation>braucht ein Modell</translation>
    </message>
    <message>
        <source>needs a server</source>
        <translation>braucht Server</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>There is nothing to grade yet.</source>
        <translation>Noch gibt es nichts zu benoten.</translation>
    </message>
    <message>
        <source>There is too little to grade yet.</source>
        <translation>Zum Benoten gibt es noch zu wenig.</translation>
    </message>
    <message>
        <source>Add a book, or save a statement.</source>
        <translation>Fügen Sie ein Buch hinzu oder speichern Sie eine Aussage.</translation>
    </message>
    <message>
        <source>Add a book, or save more statements.</source>
        <translation>Fügen Sie ein Buch hinzu oder speichern Sie mehr Aussagen.</translation>
    </message>
    <message>
        <source>Too few concepts yet to tell.</source>
        <translation>Für ein Urteil gibt es noch zu wenige Begriffe.</translation>
    </message>
    <message>
        <source>Too few associations yet to tell.</source>
        <translation>Für ein Urteil gibt es noch zu wenige Verknüpfungen.</translation>
    </message>
    <message>
        <source>Too few memories that are some days old yet to tell.</source>
        <translation>Für ein Urteil gibt es noch zu wenige Notizen, die einige Tage alt sind.</translation>
    </message>
    <message>
        <source>Too few questions yet to tell.</source>
        <translation>Für ein Urteil gibt es noch zu wenige Fragen.</translation>
    </message>
    <message>
        <source>connectivity</source>
        <translation>Vernetzung</translation>
    </message>
    <message>
        <source>diversity</source>
        <translation>Vielfalt</translation>
    </message>
    <message>
        <source>freshness</source>
        <translation>Frische</translation>
    </message>
    <message>
        <source>consolidation</source>
        <translation>Festigung</translation>
    </message>
    <message>
        <source>joined concepts</source>
        <translation>verbundene Begriffe</translation>
    </message>
    <message>
        <source>efficiency</source>
        <translation>Ergiebigkeit</translation>
    </message>
    <message>
        <source>confidence</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>{}% of your statements were used lately; {} of the last {} sources were added or answered from lately.</source>
        <translation>{} % Ihrer Aussagen wurden kürzlich gebraucht; {} der letzten {} Quellen kamen kürzlich hinzu oder gaben Antworten.</translation>
    </message>
    <message>
        <source>{}% of your statements were used lately.</source>
        <translation>{} % Ihrer Aussagen wurden kürzlich gebraucht.</translation>
    </message>
    <message>
        <source>{} of the last {} sources were added or answered from lately.</source>
        <translation>{} der letzten {} Quellen kamen kürzlich hinzu oder gaben Antworten.</translation>
    </message>
    <message>
        <source>{} links for each concept and memory; {} are plenty.</source>
        <translation>{} Verknüpfungen je Begriff und Notiz; {} sind reichlich.</translation>
    </message>
    <message>
        <source>Tell in whole sentences who did what, where and why, and merge concepts that are one.</source>
        <translation>Sagen Sie in ganzen Sätzen, wer was wo und warum getan hat, und vereinen Sie Begriffe, die einer sind.</translation>
    </message>
    <message>
        <source>Say why, when and where, not only what.</source>
        <translation>Sagen Sie, warum, wann und wo, nicht nur was.</translation>
    </message>
    <message>
        <source>Ask about what you have not used, or review it (`workbench reviews`).</source>
        <translation>Fragen Sie nach dem, was Sie nicht gebraucht haben, oder wiederholen Sie es (`workbench reviews`).</translation>
    </message>
    <message>
        <source>{}% of your statements that are some days old were used since, or are pinned.</source>
        <translation>{} % Ihrer einige Tage alten Aussagen wurden seitdem gebraucht oder sind angeheftet.</translation>
    </message>
    <message>
        <source>Recall what matters, keep it for review, and consolidate (`workbench consolidate`).</source>
        <translation>Rufen Sie ab, was wichtig ist, wiederholen Sie es, und festigen Sie (`workbench consolidate`).</translation>
    </message>
    <message>
        <source>{}% of the concepts lead nowhere.</source>
        <translation>{} % der Begriffe führen nirgendwohin.</translation>
    </message>
    <message>
        <source>Mention lone concepts together with others, or merge them with what means the same.</source>
        <translation>Erwähnen Sie einzelne Begriffe zusammen mit anderen oder vereinen Sie sie mit gleichbedeutenden.</translation>
    </message>
    <message>
        <source>{}% of the last questions had an answer.</source>
        <translation>{} % der letzten Fragen hatten eine Antwort.</translation>
    </message>
    <message>
        <source>Add sources on what could not be answered.</source>
        <translation>Fügen Sie Quellen zu dem hinzu, was sich nicht beantworten ließ.</translation>
    </message>
    <message>
        <source>Answers were {}% sure on average.</source>
        <translation>Antworten waren im Mittel zu {} % sicher.</translation>
    </message>
    <message>
        <source>Tell facts in plain sentences, and settle contradictions (`workbench conflicts`).</source>
        <translation>Nennen Sie Fakten in einfachen Sätzen und lösen Sie Widersprüche (`workbench conflicts`).</translation>
    </message>
    <message>
        <source>It is switched off: unset WORKBENCH_READER.</source>
        <translation>Es ist ausgeschaltet: Entfernen Sie WORKBENCH_READER.</translation>
    </message>
    <message>
        <source>Load one, or choose a folder: see `workbench speech`.</source>
        <translation>Laden Sie eines oder wählen Sie einen Ordner: siehe `workbench speech`.</translation>
    </message>
    <message>
        <source>Choose the folder of one: see `workbench pictures`.</source>
        <translation>Wählen Sie den Ordner von einem: siehe `workbench pictures`.</translation>
    </message>
    <message>
        <source>Choose the folder of one: workbench models use FOLDER.</source>
        <translation>Wählen Sie den Ordner von einem: workbench models use FOLDER.</translation>
    </message>
    <message>
        <source>Your sources contain nothing from {}.</source>
        <translation>Ihre Quellen enthalten nichts von {}.</translation>
    </message>
    <message>
        <source>Your sources contain nothing from {} at that time.</source>
        <translation>Ihre Quellen enthalten nichts von {} aus dieser Zeit.</translation>
    </message>
    <message>
        <source>Your sources contain nothing from {} to {}.</source>
        <translation>Ihre Quellen enthalten nichts von {} an {}.</translation>
    </message>
    <message>
        <source>Your sources contain nothing from {} to {} at that time.</source>
        <translation>Ihre Quellen enthalten nichts von {} an {} aus dieser Zeit.</translation>
    </message>
    <message>
        <source>Your sources contain nothing from anybody.</source>
        <translation>Ihre Quellen enthalten nichts von irgendjemandem.</translation>
    </message>
    <message>
        <source>Your sources contain nothing from anybody at that time.</source>
        <translation>Ihre Quellen enthalten nichts aus dieser Zeit von irgendjemandem.</translation>
    </message>
    <message>
        <source>Your sources contain nothing from anybody to {}.</source>
        <translation>Ihre Quellen enthalten nichts, was jemand an {} schrieb.</translation>
    </message>
    <message>
        <source>Your sources contain nothing from anybody to {} at that time.</source>
        <translation>Ihre Quellen enthalten nichts aus dieser Zeit, was jemand an {} schrieb.</translation>
    </message>
    <message>
        <source>The first {} of {} are shown.</source>
        <translation>Die ersten {} von {} werden gezeigt.</translation>
    </message>
    <message>
        <source>The plugin {} failed ({}).</source>
        <translation>Die Erweiterung {} ist gescheitert ({}).</translation>
    </message>
    <message>
        <source>Update or uninstall it, then retry.</source>
        <translation>Aktualisieren oder entfernen Sie sie und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>The plugin {} gave no answer for {} seconds.</source>
        <translation>Die Erweiterung {} hat {} Sekunden lang nicht geantwortet.</translation>
    </message>
    <message>
        <source>The plugin {} ended without an answer.</source>
        <translation>Die Erweiterung {} endete ohne eine Antwort.</translation>
    </message>
    <message>
        <source>The plugin {} gave text that is not where it says.</source>
        <translation>Die Erweiterung {} gab Text zurück, der nicht dort steht, wo er stehen soll.</translation>
    </message>
    <message>
        <source>There is no theme {}.</source>
        <translation>Es gibt kein Farbschema {}.</translation>
    </message>
    <message>
        <source>Choose another one in Settings.</source>
        <translation>Wählen Sie in den Einstellungen ein anderes.</translation>
    </message>
    <message>
        <source>The theme {} has something that is not a colour of a theme.</source>
        <translation>Das Farbschema {} enthält etwas, was keine Farbe eines Farbschemas ist.</translation>
    </message>
    <message>
        <source>Update or uninstall its plugin.</source>
        <translation>Aktualisieren oder entfernen Sie seine Erweiterung.</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Vom</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Gelesen</translation>
    </message>
    <message>
        <source>Last use</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagw.</translation>
    </message>
    <message>
        <source>long-term</source>
        <translation>Langzeit</translation>
    </message>
    <message>
        <source>kept for long</source>
        <translation>lange behalten</translation>
    </message>
    <message>
        <source>{} ms a sentence</source>
        <translation>{} ms je Satz</translation>
    </message>
    <message>
        <source>{} ms a passage</source>
        <translation>{} ms je Stelle</translation>
    </message>
    <message>
        <source>{} ms a picture</source>
        <translation>{} ms je Bild</translation>
    </message>
    <message>
        <source>{} s of sound a second</source>
        <translation>{} s Ton je Sekunde</translation>
    </message>
    <message>
        <source>{} s a line</source>
        <translation>{} s je Zeile</translation>
    </message>
    <message>
        <source>{} tokens a second, the first after {} s</source>
        <translation>{} Tokens je Sekunde, das erste nach {} s</translation>
    </message>
    <message>
        <source>{} {}, {}% sure</source>
        <translation>{} {}, zu {} % sicher</translation>
    </message>
    <message>
        <source>{} is {} like {} and {} like {}</source>
        <translation>{} ähnelt zu {} {} und zu {} {}</translation>
    </message>
    <message>
        <source>Heard no words in the first {} s.</source>
        <translation>In den ersten {} s waren keine Wörter zu hören.</translation>
    </message>
    <message>
        <source>Heard {}</source>
        <translation>Gehört: {}</translation>
    </message>
    <message>
        <source>Read {}</source>
        <translation>Gelesen: {}</translation>
    </message>
    <message>
        <source>{} is {} like {} and -{} like {}</source>
        <translation>{} ähnelt zu {} {} und zu -{} {}</translation>
    </message>
</context>
</TS>
