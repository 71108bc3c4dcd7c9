import Problems
import RDFSyntax
import SPARQL
import Testing

@Suite("Errors that teach: what is wrong, where, and how to mend it, in both languages")
struct HintTests {
  private func check(_ text: String, _ english: String, _ swedish: String) throws {
    let found = try #require(problem(text))
    for (language, expected) in [(Language.en, english), (.sv, swedish)] {
      let line = found.line(in: language)
      #expect(line.hasPrefix(expected), "\(line)")
    }
  }

  @Test(
    "What is not closed is told with where it was opened",
    arguments: [
      (
        "ASK {\n  ?s ?p ?o\n  OPTIONAL { ?s ?q ?r }",
        "3:24: error: the query ends here, expected a triple pattern, a keyword such as OPTIONAL or FILTER, or «}». «{» at line 1, column 5, is not closed.",
        "3:24: fel: frågan slutar här, väntade ett trippelmönster, ett ord som OPTIONAL eller FILTER, eller «}». «{» på rad 1, kolumn 5, är inte stängd."
      ),
      (
        "ASK { FILTER(?o = 1 }", "1:21: error: unexpected «}», expected an operator or «)». «(» at line 1, column 13, is not closed.",
        "1:21: fel: oväntat «}», väntade en operator eller «)». «(» på rad 1, kolumn 13, är inte stängd."
      ),
      (
        "ASK { ?s ?p [ ?q 1 }", "1:20: error: unexpected «}», expected «]». «[» at line 1, column 13, is not closed.",
        "1:20: fel: oväntat «}», väntade «]». «[» på rad 1, kolumn 13, är inte stängd."
      ),
      (
        "SELECT * { VALUES ?x { 1 2",
        "1:27: error: the query ends here, expected an IRI, a literal or UNDEF. «{» at line 1, column 22, is not closed.",
        "1:27: fel: frågan slutar här, väntade en IRI, en litteral eller UNDEF. «{» på rad 1, kolumn 22, är inte stängd."
      ),
      (
        "CONSTRUCT { ?s ?p ?o",
        "1:21: error: the query ends here, expected a triple of the template or «}». «{» at line 1, column 11, is not closed.",
        "1:21: fel: frågan slutar här, väntade en trippel i mallen eller «}». «{» på rad 1, kolumn 11, är inte stängd."
      ),
      (
        "SELECT * { ?s ?p ?o ORDER BY ?s",
        "1:21: error: unexpected «ORDER», expected a triple pattern, a keyword such as OPTIONAL or FILTER, or «}». «{» at line 1, column 10, is not closed.",
        "1:21: fel: oväntat «ORDER», väntade ett trippelmönster, ett ord som OPTIONAL eller FILTER, eller «}». «{» på rad 1, kolumn 10, är inte stängd."
      ),
      (
        "ASK { ?s <http://e/a b> 1 }",
        "1:10: error: the IRI that begins here has a space before its «>». Hint: close it, or percent-encode the character, a space as %20.",
        "1:10: fel: den IRI som börjar här har ett mellanslag före sitt «>». Tips: avsluta den, eller skriv tecknet med procentkod, ett mellanslag som %20."
      ),
      (
        "ASK { FILTER(?x = <http://e/{id}>) }", "1:19: error: the IRI that begins here has «{» before its «>».",
        "1:19: fel: den IRI som börjar här har «{» före sitt «>»."
      ),
      (
        "ASK { ?s <http://e/a\n 1 }", "1:10: error: the IRI that begins here is not closed by «>» on the same line.",
        "1:10: fel: den IRI som börjar här avslutas inte med «>» på samma rad."
      ),
      (
        "ASK { ?s ?p \"abc }", "1:13: error: the string that begins here is never closed.",
        "1:13: fel: strängen som börjar här avslutas aldrig."
      ),
      (
        "ASK {\n ?s ?p \"\"\"a\" }", "2:8: error: the string that begins here is never closed.",
        "2:8: fel: strängen som börjar här avslutas aldrig."
      ),
    ])
  func unclosed(_ text: String, _ english: String, _ swedish: String) throws { try check(text, english, swedish) }

  @Test(
    "A misspelt word comes with the one that is likely meant, a function of another language with its name here",
    arguments: [
      ("SELCT * {}", "1:1: error: unexpected «SELCT»", "SELECT"), ("PREFX : <a:> ASK {}", "1:1: error: unexpected «PREFX»", "PREFIX"),
      ("ASK { ?s ?p ?o FLITER(1) }", "1:16: error: unexpected «FLITER»", "FILTER"),
      ("ASK { ?s ?p ?o . OPTINAL { } }", "1:18: error: unexpected «OPTINAL»", "OPTIONAL"),
      ("ASK { {} UNON {} }", "1:10: error: unexpected «UNON»", "UNION"),
      ("SELECT * FORM <a:> {}", "1:10: error: unexpected «FORM»", "FROM"),
      ("SELECT ?x {} GRUOP BY ?x", "1:14: error: unexpected «GRUOP»", "GROUP"),
      ("SELECT ?x {} ODER BY ?x", "1:14: error: unexpected «ODER»", "ORDER"),
      ("ASK { FILTER NOT EXIST {} }", "1:18: error: unexpected «EXIST»", "EXISTS"),
      ("ASK { FILTER(STRLENGTH(?x)) }", "1:14: error: there is no function «STRLENGTH»", "STRLEN"),
      ("ASK { FILTER(Length(?x)) }", "1:14: error: there is no function «Length»", "STRLEN"),
      ("ASK { FILTER(SUBSTRNG(?x, 1)) }", "1:14: error: there is no function «SUBSTRNG»", "SUBSTR"),
      ("ASK { FILTER(startsWith(?x, \"a\")) }", "1:14: error: there is no function «startsWith»", "STRSTARTS"),
      ("ASK { FILTER(REGX(?x, \"a\")) }", "1:14: error: there is no function «REGX»", "REGEX"),
      ("SELECT (AVERAGE(?x) AS ?y) {}", "1:9: error: there is no function «AVERAGE»", "AVG"),
      ("SELECT (CUONT(?x) AS ?y) {}", "1:9: error: there is no function «CUONT»", "COUNT"),
    ])
  func misspelt(_ text: String, _ beginning: String, _ meant: String) throws {
    let found = try #require(problem(text))
    #expect(found.line(in: .en).hasPrefix(beginning))
    #expect(found.line(in: .en).hasSuffix("Is \(meant) meant? [query-syntax]"))
    #expect(found.line(in: .sv).hasSuffix("Menas \(meant)? [query-syntax]"))
  }

  @Test("A function that is like none has no nearest")
  func unlike() throws {
    try check(
      "ASK { FILTER(zzzqqq(?x)) }", "1:14: error: there is no function «zzzqqq». [", "1:14: fel: det finns ingen funktion «zzzqqq». [")
  }

  @Test(
    "What is written otherwise in other languages comes with how it is written here",
    arguments: [
      (
        "ASK { FILTER(?a == 1) }", "1:18: error: unexpected «=», expected an expression. Hint: equality is written with a single =.",
        "1:18: fel: oväntat «=», väntade ett uttryck. Tips: lika med skrivs med ett enda =."
      ),
      (
        "ASK { FILTER(?a <> 1) }", "1:17: error: unexpected «<>», expected an operator or «)». Hint: inequality is written !=.",
        "1:17: fel: oväntat «<>», väntade en operator eller «)». Tips: skilt från skrivs !=."
      ),
      (
        "ASK { FILTER(?a AND ?b) }", "1:17: error: unexpected «AND», expected an operator or «)». Hint: «and» is written &&.",
        "1:17: fel: oväntat «AND», väntade en operator eller «)». Tips: «och» skrivs &&."
      ),
      (
        "ASK { FILTER(?a & ?b) }", "1:17: error: the character «&» can't stand here. Hint: «and» is written &&.",
        "1:17: fel: tecknet «&» kan inte stå här. Tips: «och» skrivs &&."
      ),
      (
        "ASK { FILTER(?a OR ?b) }", "1:17: error: unexpected «OR», expected an operator or «)». Hint: «or» is written ||.",
        "1:17: fel: oväntat «OR», väntade en operator eller «)». Tips: «eller» skrivs ||."
      ),
      (
        "ASK { FILTER(?a like 'b%') }",
        "1:17: error: unexpected «like», expected an operator or «)». Hint: patterns are tried by REGEX, parts of texts by CONTAINS,",
        "1:17: fel: oväntat «like», väntade en operator eller «)». Tips: mönster prövas med REGEX,"
      ),
      (
        "ASK { FILTER(?a IS NULL) }",
        "1:17: error: unexpected «IS», expected an operator or «)». Hint: BOUND tells whether a variable has a value.",
        "1:17: fel: oväntat «IS», väntade en operator eller «)». Tips: BOUND säger om en variabel har ett värde."
      ),
      (
        "ASK { FILTER(?a = “b”) }", "1:19: error: the character «“» can't stand here. Hint: strings stand in straight quotes.",
        "1:19: fel: tecknet «“» kan inte stå här. Tips: strängar står inom raka citattecken."
      ),
      ("ASK { \u{1} }", "1:7: error: the character «U+0001» can't stand here. [", "1:7: fel: tecknet «U+0001» kan inte stå här. ["),
      (
        "SELECT ?x, ?y {}",
        "1:10: error: unexpected «,», expected a variable, «(expression AS ?variable)», WHERE or «{». Hint: the variables of SELECT stand beside each other without commas.",
        "1:10: fel: oväntat «,», väntade en variabel, «(uttryck AS ?variabel)», WHERE eller «{». Tips: variablerna i SELECT står bredvid varandra utan komman."
      ),
      (
        "SELECT COUNT(?x) {}",
        "1:8: error: unexpected «COUNT», expected a variable, «(expression AS ?variable)» or «*». Hint: an expression stands in brackets with a name, such as (COUNT(…) AS ?x).",
        "1:8: fel: oväntat «COUNT», väntade en variabel, «(uttryck AS ?variabel)» eller «*». Tips: ett uttryck står inom parenteser med ett namn, som (COUNT(…) AS ?x)."
      ),
      (
        "SELECT name {}",
        "1:8: error: unexpected «name», expected a variable, «(expression AS ?variable)» or «*». Hint: a variable begins with a question mark, such as ?name.",
        "1:8: fel: oväntat «name», väntade en variabel, «(uttryck AS ?variabel)» eller «*». Tips: en variabel inleds med frågetecken, som ?name."
      ),
      (
        "SELECT (GROUP_CONCAT(?x, \",\") AS ?y) {}", "1:24: error: unexpected «,», expected «; SEPARATOR = …» or «)».",
        "1:24: fel: oväntat «,», väntade «; SEPARATOR = …» eller «)»."
      ),
      (
        "ASK { ?a ?b ?c UNION { ?d ?e ?f } }",
        "1:16: error: unexpected «UNION», expected a triple pattern, a keyword such as OPTIONAL or FILTER, or «}». Hint: UNION stands between two groups, each in braces of its own.",
        "1:16: fel: oväntat «UNION», väntade ett trippelmönster, ett ord som OPTIONAL eller FILTER, eller «}». Tips: UNION står mellan två grupper, var och en inom egna klamrar."
      ),
      (
        "ASK { ?a ?b* ?c }",
        "1:12: error: unexpected «*», expected an object: a variable, an IRI, a blank node or a literal. Hint: a variable can't be part of a property path.",
        "1:12: fel: oväntat «*», väntade ett objekt: en variabel, en IRI, en tom nod eller en litteral. Tips: en variabel kan inte ingå i en egenskapsväg."
      ),
      (
        "ASK { ?a !?b ?c }",
        "1:11: error: unexpected «?b», expected an IRI, «^» or «(». Hint: a variable can't be part of a property path.",
        "1:11: fel: oväntat «?b», väntade en IRI, «^» eller «(». Tips: en variabel kan inte ingå i en egenskapsväg."
      ),
      (
        "ASK { ?a ?b ?c ?d ?e ?f }", "1:16: error: unexpected «?d», expected «.», «;», «,» or «}».",
        "1:16: fel: oväntat «?d», väntade «.», «;», «,» eller «}»."
      ),
      (
        "ASK { ?a a :B }",
        "1:12: error: the prefix «:» is not declared. Hint: say first in the query what the prefix stands for, such as PREFIX : <http://example.org/>.",
        "1:12: fel: prefixet «:» är inte deklarerat. Tips: skriv först i frågan vad prefixet står för, som PREFIX : <http://example.org/>."
      ),
      (
        "PREFIX foaf <http://e/> ASK {}",
        "1:8: error: unexpected «foaf», expected a prefix such as «ex:». Hint: a prefix ends with a colon, such as foaf:.",
        "1:8: fel: oväntat «foaf», väntade ett prefix som «ex:». Tips: ett prefix slutar med kolon, som foaf:."
      ),
    ])
  func foreign(_ text: String, _ english: String, _ swedish: String) throws { try check(text, english, swedish) }

  @Test(
    "A broken rule comes with what to do",
    arguments: [
      (
        "ASK { FILTER(SUBSTR(?x)) }", "1:14: error: SUBSTR does not take 1 argument, expected 2 or 3 arguments.",
        "1:14: fel: SUBSTR tar inte 1 argument, väntade 2 eller 3 argument."
      ),
      (
        "ASK { FILTER(NOW(1)) }", "1:14: error: NOW does not take 1 argument, expected no arguments.",
        "1:14: fel: NOW tar inte 1 argument, väntade inga argument."
      ),
      (
        "ASK { FILTER(STRLEN()) }", "1:14: error: STRLEN does not take 0 arguments, expected 1 argument.",
        "1:14: fel: STRLEN tar inte 0 argument, väntade 1 argument."
      ),
      (
        "ASK { FILTER(BOUND(1)) }", "1:14: error: BOUND takes a variable and nothing else.",
        "1:14: fel: BOUND tar en variabel och inget annat."
      ),
      (
        "SELECT ?x (COUNT(*) AS ?n) { ?x ?y ?z }",
        "1:8: error: the variable «?x» is neither grouped by nor in an aggregate. Hint: add ?x to GROUP BY, or pick one of its values with SAMPLE(?x).",
        "1:8: fel: variabeln «?x» är varken grupperad eller i ett aggregat. Tips: lägg till ?x i GROUP BY, eller välj ett av värdena med SAMPLE(?x)."
      ),
      (
        "SELECT * { ?x ?y ?z } GROUP BY ?x",
        "1:8: error: «*» can't be projected from a query that groups. Hint: name what is to be projected,",
        "1:8: fel: «*» kan inte väljas i en fråga som grupperar. Tips: räkna upp det som ska väljas,"
      ),
      (
        "ASK { ?x ?y ?z FILTER(COUNT(?x) > 1) }",
        "1:23: error: the aggregate COUNT can't stand here. Hint: aggregates belong in SELECT, HAVING and ORDER BY; conditions on them stand in HAVING.",
        "1:23: fel: aggregatet COUNT kan inte stå här. Tips: aggregat hör hemma i SELECT, HAVING och ORDER BY; villkor på dem står i HAVING."
      ),
      (
        "ASK { ?x ?y ?z BIND(1 AS ?z) }",
        "1:26: error: the variable «?z» already has a value here. Hint: choose a new name after AS, or compare with FILTER.",
        "1:26: fel: variabeln «?z» har redan ett värde här. Tips: välj ett nytt namn efter AS, eller jämför med FILTER."
      ),
      (
        "ASK { _:a ?y ?z OPTIONAL { _:a ?b ?c } }",
        "1:28: error: the label «_:a» stands in two basic graph patterns. Hint: use a variable where the same node is meant in both.",
        "1:28: fel: etiketten «_:a» står i två grundläggande grafmönster. Tips: använd en variabel där samma nod menas på båda ställena."
      ),
      (
        "ASK { FILTER(_:b = 1) }", "1:14: error: a blank node can't stand in an expression. Hint: use a variable in its place.",
        "1:14: fel: en tom nod kan inte stå i ett uttryck. Tips: använd en variabel i stället."
      ),
      (
        "ASK { ?a <b> ?c }",
        "1:10: error: «b» is a relative IRI, and the query has no BASE. Hint: write the whole address, or begin the query with BASE.",
        "1:10: fel: «b» är en relativ IRI, och frågan har ingen BASE. Tips: skriv ut hela adressen, eller inled frågan med BASE."
      ),
      (
        "SELECT ?x {} LIMIT 1 OFFSET 2 LIMIT 3", "1:31: error: unexpected «LIMIT», expected the end of the query.",
        "1:31: fel: oväntat «LIMIT», väntade frågans slut."
      ),
      (
        "SELECT ?x {} OFFSET 1 OFFSET 2", "1:23: error: unexpected «OFFSET», expected the end of the query.",
        "1:23: fel: oväntat «OFFSET», väntade frågans slut."
      ),
    ])
  func rules(_ text: String, _ english: String, _ swedish: String) throws { try check(text, english, swedish) }
}
