import RDF
import Testing

@Suite("Functions (SPARQL 1.1 §17.4), the specification's own examples among them")
struct FunctionTests {
  @Test(
    "Forms and terms",
    arguments: [
      ("BOUND(?x)", "false"), ("IF(true, 1, 1/0)", "1"), ("IF(1/0, 1, 2)", "error"), ("IF(\"\", 1, 2)", "2"), ("COALESCE(1/0, ?x, 3)", "3"),
      ("COALESCE(1/0)", "error"), ("COALESCE()", "error"), ("sameTerm(1, 1.0)", "false"), ("sameTerm(:a, :a)", "true"),
      ("isIRI(:a)", "true"), ("isURI(\"a\")", "false"), ("isBlank(BNODE())", "true"), ("isLiteral(1)", "true"), ("isLiteral(:a)", "false"),
      ("isNumeric(12)", "true"), ("isNumeric(\"12\")", "false"), ("isNumeric(\"12\"^^xsd:nonNegativeInteger)", "true"),
      ("isNumeric(\"1200\"^^xsd:byte)", "false"), ("isNumeric(<http://example/>)", "false"), ("isIRI(?x)", "error"),
      ("STR(:a)", "\"http://e/a\""), ("STR(1.50)", "\"1.50\""), ("STR(\"a\"@en)", "\"a\""), ("STR(BNODE())", "error"),
      ("LANG(\"a\"@sv-SE)", "\"sv-SE\""), ("LANG(\"a\")", "\"\""), ("LANG(1)", "\"\""), ("LANG(:a)", "error"),
      ("DATATYPE(1)", "<http://www.w3.org/2001/XMLSchema#integer>"), ("DATATYPE(\"a\")", "<http://www.w3.org/2001/XMLSchema#string>"),
      ("DATATYPE(\"a\"@en)", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>"),
      ("DATATYPE(1+1.0)", "<http://www.w3.org/2001/XMLSchema#decimal>"),
      ("DATATYPE(:a)", "error"), ("IRI(\"x\")", "<http://e/base/x>"), ("URI(:a)", "<http://e/a>"), ("IRI(\"http://z/\")", "<http://z/>"),
      ("IRI(\"a b\")", "error"), ("IRI(1)", "error"), ("STRDT(\"123\", xsd:integer)", "123"), ("STRDT(\"a\"@en, xsd:integer)", "error"),
      ("STRDT(\"iiii\", <http://example/romanNumeral>)", "\"iiii\"^^http://example/romanNumeral"), ("STRDT(\"a\", xsd:string)", "\"a\""),
      ("STRDT(\"12\", xsd:integer) + 1", "13"), ("STRLANG(\"chat\", \"en\")", "\"chat\"@en"), ("STRLANG(\"chat\", \"\")", "error"),
      ("sameTerm(BNODE(\"a\"), BNODE(\"a\"))", "true"), ("sameTerm(BNODE(\"a\"), BNODE(\"b\"))", "false"),
      ("sameTerm(BNODE(), BNODE())", "false"),
      ("BNODE(1)", "error"), ("STRLEN(STR(UUID()))", "45"), ("STRLEN(STRUUID())", "36"), ("STRUUID() = STRUUID()", "false"),
      ("REGEX(STRUUID(), \"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$\")", "true"),
    ])
  func terms(_ text: String, _ expected: String) throws { #expect(try evaluated(text) == expected) }

  @Test(
    "Languages and base directions (SPARQL 1.2)",
    arguments: [
      ("LANG(\"a\"@en--ltr)", "\"en\""), ("LANGDIR(\"a\"@en--ltr)", "\"ltr\""), ("LANGDIR(\"a\"@en)", "\"\""), ("LANGDIR(1)", "\"\""),
      ("LANGDIR(:a)", "error"), ("hasLANG(\"a\"@en)", "true"), ("hasLANG(\"a\"@ar--rtl)", "true"), ("hasLANG(\"a\")", "false"),
      ("hasLANG(:a)", "false"), ("hasLANG(?x)", "error"), ("hasLANGDIR(\"a\"@ar--rtl)", "true"), ("hasLANGDIR(\"a\"@ar)", "false"),
      ("STRLANGDIR(\"a\", \"en\", \"ltr\")", "\"a\"@en--ltr"), ("STRLANGDIR(\"a\", \"en\", \"LTR\")", "error"),
      ("STRLANGDIR(\"a\", \"en\", \"\")", "error"), ("STRLANGDIR(\"a\", \"\", \"ltr\")", "error"),
      ("STRLANGDIR(1, \"en\", \"ltr\")", "error"),
      ("STRLANGDIR(\"a\"@en, \"en\", \"ltr\")", "error"), ("STRLANG(\"a\", \"en--ltr\")", "error"), ("STRLANG(\"a\", \"e n\")", "error"),
      ("STRLANG(\"a\", \"sv-1994\")", "\"a\"@sv-1994"), ("STRLANG(\"a\", \"sv-\")", "error"),
      ("DATATYPE(\"a\"@en--ltr)", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#dirLangString>"), ("STR(\"a\"@en--ltr)", "\"a\""),
      ("\"a\"@en--ltr = \"a\"@en--ltr", "true"), ("\"a\"@en--ltr = \"a\"@en--rtl", "false"), ("\"a\"@en--ltr = \"a\"@en", "false"),
      ("sameTerm(\"a\"@EN--ltr, \"a\"@en--ltr)", "true"), ("sameTerm(\"a\"@EN, \"a\"@en)", "true"),
      ("CONCAT(\"a\"@en--ltr, \"b\"@en--ltr)", "\"ab\"@en--ltr"), ("CONCAT(\"a\"@en--ltr, \"b\"@en)", "\"ab\""),
      ("CONTAINS(\"abc\"@en--ltr, \"b\"@en--ltr)", "true"), ("CONTAINS(\"abc\"@en--ltr, \"b\"@en)", "error"),
      ("UCASE(\"a\"@en--ltr)", "\"A\"@en--ltr"), ("LANGMATCHES(LANG(\"a\"@en-GB--ltr), \"en\")", "true"),
    ])
  func languages(_ text: String, _ expected: String) throws { #expect(try evaluated(text) == expected) }

  @Test(
    "Strings",
    arguments: [
      ("STRLEN(\"chat\")", "4"), ("STRLEN(\"chat\"@en)", "4"), ("STRLEN(\"åäö\u{1F46A}\")", "4"), ("STRLEN(1)", "error"),
      ("SUBSTR(\"foobar\", 4)", "\"bar\""), ("SUBSTR(\"foobar\"@en, 4, 1)", "\"b\"@en"), ("SUBSTR(\"foobar\", 0, 3)", "\"fo\""),
      ("SUBSTR(\"foobar\", 1.5, 2.6)", "\"oob\""), ("SUBSTR(\"åäö\", 2, 1)", "\"ä\""), ("SUBSTR(\"foo\", 9)", "\"\""),
      ("SUBSTR(\"foo\", -42, 1/0.0)", "error"), ("SUBSTR(\"12345\", -42, 1e0/0)", "\"12345\""), ("SUBSTR(\"12345\", 0e0/0, 3)", "\"\""),
      ("UCASE(\"foo\")", "\"FOO\""), ("UCASE(\"straße å\"@sv)", "\"STRASSE Å\"@sv"), ("LCASE(\"BÅR\")", "\"bår\""), ("UCASE(1)", "error"),
      ("STRSTARTS(\"foobar\", \"foo\")", "true"), ("STRSTARTS(\"foobar\"@en, \"foo\"@en)", "true"),
      ("STRSTARTS(\"foobar\"@en, \"foo\")", "true"),
      ("STRSTARTS(\"foobar\", \"foo\"@en)", "error"), ("STRSTARTS(\"foobar\"@en, \"foo\"@fr)", "error"),
      ("STRENDS(\"foobar\", \"bar\")", "true"),
      ("STRENDS(\"bar\", \"foobar\")", "false"), ("CONTAINS(\"foobar\", \"oba\")", "true"), ("CONTAINS(\"foobar\", \"\")", "true"),
      ("STRBEFORE(\"abc\", \"b\")", "\"a\""), ("STRBEFORE(\"abc\"@en, \"bc\")", "\"a\"@en"), ("STRBEFORE(\"abc\"@en, \"b\"@cy)", "error"),
      ("STRBEFORE(\"abc\", \"\")", "\"\""), ("STRBEFORE(\"abc\", \"xyz\")", "\"\""), ("STRBEFORE(\"abc\"@en, \"z\"@en)", "\"\""),
      ("STRBEFORE(\"abc\"@en, \"\"@en)", "\"\"@en"), ("STRAFTER(\"abc\", \"b\")", "\"c\""), ("STRAFTER(\"abc\"@en, \"ab\")", "\"c\"@en"),
      ("STRAFTER(\"abc\", \"\")", "\"abc\""), ("STRAFTER(\"abc\"@en, \"z\")", "\"\""), ("STRAFTER(\"abc\"@en, \"\")", "\"abc\"@en"),
      ("ENCODE_FOR_URI(\"Los Angeles\")", "\"Los%20Angeles\""), ("ENCODE_FOR_URI(\"å/~-_.\"@en)", "\"%C3%A5%2F~-_.\""),
      ("CONCAT(\"foo\", \"bar\")", "\"foobar\""), ("CONCAT(\"foo\"@en, \"bar\"@en)", "\"foobar\"@en"),
      ("CONCAT(\"foo\"@en, \"bar\")", "\"foobar\""),
      ("CONCAT(\"foo\"@en, \"bar\"@fr)", "\"foobar\""), ("CONCAT()", "\"\""), ("CONCAT(\"a\", 1)", "error"),
      ("LANGMATCHES(\"fr-BE\", \"FR\")", "true"), ("LANGMATCHES(\"fr\", \"fr-BE\")", "false"), ("LANGMATCHES(\"\", \"*\")", "false"),
      ("LANGMATCHES(\"frx\", \"fr\")", "false"), ("LANGMATCHES(\"en\", \"*\")", "true"),
    ])
  func strings(_ text: String, _ expected: String) throws { #expect(try evaluated(text) == expected) }

  @Test(
    "Regular expressions",
    arguments: [
      ("REGEX(\"Alice\", \"^ali\", \"i\")", "true"), ("REGEX(\"Alice\", \"^ali\")", "false"), ("REGEX(\"Alice\"@en, \"lic\")", "true"),
      ("REGEX(\"a.c\", \"a.c\", \"q\")", "true"), ("REGEX(\"abc\", \"a.c\", \"q\")", "false"), ("REGEX(\"A.C\", \"a.c\", \"iq\")", "true"),
      ("REGEX(\"a\\nc\", \"a.c\")", "false"), ("REGEX(\"a\\nc\", \"a.c\", \"s\")", "true"), ("REGEX(\"a\\nb\", \"^b$\")", "false"),
      ("REGEX(\"a\\nb\", \"^b$\", \"m\")", "true"), ("REGEX(\"ab\", \"a b # c\", \"x\")", "false"),
      ("REGEX(\"ab\", \" a b \", \"x\")", "true"),
      ("REGEX(\"abab\", \"^(ab)\\\\1$\")", "true"), ("REGEX(\"aab\", \"^a+?b$\")", "true"), ("REGEX(\"ab\", \"(?:a)b\")", "true"),
      ("REGEX(\"ÅÄÖ\", \"åäö\", \"i\")", "true"), ("REGEX(\"år\", \"^\\\\w{2}$\")", "true"), ("REGEX(\"a\", \"(\")", "error"),
      ("REGEX(\"a\", \"a\", \"z\")", "error"),
      ("REGEX(1, \"1\")", "error"), ("REGEX(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"^(a+)+$\")", "error"),
      ("REPLACE(\"abcd\", \"b\", \"Z\")", "\"aZcd\""), ("REPLACE(\"abab\", \"B\", \"Z\", \"i\")", "\"aZaZ\""),
      ("REPLACE(\"abab\", \"B.\", \"Z\", \"i\")", "\"aZb\""),
      ("REPLACE(\"abracadabra\", \"bra\", \"*\")", "\"a*cada*\""), ("REPLACE(\"abracadabra\", \"a.*a\", \"*\")", "\"*\""),
      ("REPLACE(\"abracadabra\", \"a.*?a\", \"*\")", "\"*c*bra\""), ("REPLACE(\"abracadabra\", \"a\", \"\")", "\"brcdbr\""),
      ("REPLACE(\"abracadabra\", \"a(.)\", \"a$1$1\")", "\"abbraccaddabbra\""), ("REPLACE(\"abracadabra\", \".*?\", \"$1\")", "error"),
      ("REPLACE(\"AAAA\", \"A+?\", \"b\")", "\"bbbb\""), ("REPLACE(\"darted\", \"^(.*?)d(.*)$\", \"$1c$2\")", "\"carted\""),
      ("REPLACE(\"a.b\", \".\", \"\\\\$\", \"q\")", "\"a\\\\$b\"".replacing("\\\\", with: "\\")),
      ("REPLACE(\"ab\", \"a\", \"$\")", "error"),
      ("REPLACE(\"ab\"@en, \"a\", \"\\\\$\")", "\"$b\"@en"), ("REPLACE(\"åäö\", \"ä\", \"$0$0\")", "\"åääö\""),
    ])
  func regex(_ text: String, _ expected: String) throws { #expect(try evaluated(text) == expected) }

  @Test(
    "Numbers, dates and hashes",
    arguments: [
      ("ABS(-1.5)", "1.5"), ("ABS(-2)", "2"), ("ABS(\"a\")", "error"), ("ROUND(2.4999)", "2."), ("ROUND(2.5)", "3."),
      ("ROUND(-2.5)", "-2."),
      ("ROUND(-2.51)", "-3."), ("ROUND(2.5e0)", "3.0E0"), ("ROUND(-0.2e0)", "-0.0E0"), ("CEIL(10.5)", "11."), ("CEIL(-10.5)", "-10."),
      ("FLOOR(10.5)", "10."), ("FLOOR(-10.5)", "-11."), ("FLOOR(3)", "3"), ("FLOOR(1.5e0)", "1.0E0"), ("RAND() < 1", "true"),
      ("RAND() >= 0", "true"),
      ("NOW()", "\"2024-02-29T12:30:15.25+01:00\"^^dateTime"), ("YEAR(NOW())", "2024"), ("MONTH(NOW())", "2"), ("DAY(NOW())", "29"),
      ("HOURS(\"2011-01-10T14:45:13.815-05:00\"^^xsd:dateTime)", "14"), ("MINUTES(NOW())", "30"),
      ("SECONDS(\"2011-01-10T14:45:13.815-05:00\"^^xsd:dateTime)", "13.815"),
      ("TIMEZONE(\"2011-01-10T14:45:13.815-05:00\"^^xsd:dateTime)", "\"-PT5H\"^^dayTimeDuration"),
      ("TIMEZONE(\"2011-01-10T14:45:13.815Z\"^^xsd:dateTime)", "\"PT0S\"^^dayTimeDuration"),
      ("TIMEZONE(\"2011-01-10T14:45:13\"^^xsd:dateTime)", "error"),
      ("TZ(\"2011-01-10T14:45:13.815-05:00\"^^xsd:dateTime)", "\"-05:00\""), ("TZ(\"2011-01-10T14:45:13Z\"^^xsd:dateTime)", "\"Z\""),
      ("TZ(\"2011-01-10T14:45:13\"^^xsd:dateTime)", "\"\""), ("YEAR(\"2011-01-10\"^^xsd:date)", "2011"),
      ("HOURS(\"2011-01-10\"^^xsd:date)", "error"),
      ("YEAR(\"-4000-01-01T00:00:00Z\"^^xsd:dateTime)", "-4000"), ("YEAR(1)", "error"),
      ("MD5(\"abc\")", "\"900150983cd24fb0d6963f7d28e17f72\""), ("SHA1(\"abc\")", "\"a9993e364706816aba3e25717850c26c9cd0d89d\""),
      ("SHA256(\"abc\")", "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\""),
      ("STRLEN(SHA384(\"abc\"))", "96"), ("STRLEN(SHA512(\"å\"))", "128"), ("MD5(\"abc\"@en)", "error"),
    ])
  func others(_ text: String, _ expected: String) throws { #expect(try evaluated(text) == expected) }

  @Test(
    "Casts (§17.5)",
    arguments: [
      ("xsd:integer(\"13\")", "13"), ("xsd:integer(\" 13 \")", "13"), ("xsd:integer(\"1.5\")", "error"), ("xsd:integer(2.9)", "2"),
      ("xsd:integer(-2.9)", "-2"),
      ("xsd:integer(-2.9e0)", "-2"), ("xsd:integer(1e40)", "error"), ("xsd:integer(true)", "1"), ("xsd:integer(\"1\"@en)", "error"),
      ("xsd:integer(:a)", "error"),
      ("xsd:decimal(\"+33.3300\")", "33.33"), ("xsd:decimal(1.25e0)", "1.25"), ("xsd:decimal(xsd:float(12.1))", "12.1000003814697265625"),
      ("xsd:decimal(-1e-3)", "-0.00100000000000000002081668171172168513"), ("xsd:decimal(1e37)", "9999999999999999538762658202121142272."),
      ("xsd:decimal(1e38)", "error"),
      ("xsd:decimal(\"1e1\")", "error"),
      ("xsd:decimal(\"INF\"^^xsd:double)", "error"), ("xsd:double(\"-10.2E3\")", "-1.02E4"), ("xsd:double(1)", "1.0E0"),
      ("xsd:double(false)", "0.0E0"),
      ("xsd:float(\"1.5\")", "\"1.5E0\"^^float"), ("xsd:float(1e300)", "\"INF\"^^float"), ("xsd:boolean(\"1\")", "true"),
      ("xsd:boolean(\"yes\")", "error"),
      ("xsd:boolean(0.0)", "false"), ("xsd:boolean(\"NaN\"^^xsd:double)", "false"), ("xsd:boolean(2)", "true"),
      ("xsd:string(1E0)", "\"1\""), ("xsd:string(1.5e0)", "\"1.5\""), ("xsd:string(1e6)", "\"1.0E6\""), ("xsd:string(1e-7)", "\"1.0E-7\""),
      ("xsd:string(0.000001e0)", "\"0.000001\""), ("xsd:string(123456e0)", "\"123456\""), ("xsd:string(\"007\"^^xsd:integer)", "\"7\""),
      ("xsd:string(2.50)", "\"2.5\""), ("xsd:string(:a)", "\"http://e/a\""), ("xsd:string(true)", "\"true\""),
      ("xsd:string(\"a\"@en)", "\"a\""),
      ("xsd:string(\"x\"^^:t)", "\"x\""), ("xsd:string(BNODE())", "error"),
      ("xsd:dateTime(\"2002-10-10T17:00:00Z\")", "\"2002-10-10T17:00:00Z\"^^dateTime"), ("xsd:dateTime(\"2002\")", "error"),
      ("xsd:dateTime(1)", "error"),
      ("xsd:date(\"2002-10-10T17:00:00Z\"^^xsd:dateTime)", "\"2002-10-10Z\"^^date"), ("xsd:unknown(\"a\")", "error"), (":f(1)", "error"),
    ])
  func casts(_ text: String, _ expected: String) throws { #expect(try evaluated(text) == expected) }

  @Test(
    "The corners: places that are no numbers, characters beyond 16 bits, patterns of XML Schema, bounds of numbers and years",
    arguments: [
      ("SUBSTR(\"12345\", 5, -3)", "\"\""), ("SUBSTR(\"12345\", -3, 5)", "\"1\""), ("SUBSTR(\"12345\", 1, 0e0/0)", "\"\""),
      ("SUBSTR(\"12345\", -1e0/0, 1e0/0)", "\"\""), ("SUBSTR(\"12345\", 2, 1e0/0)", "\"2345\""), ("SUBSTR(\"12345\", 0.5)", "\"12345\""),
      ("SUBSTR(\"a\u{1F600}b\", 2, 1)", "\"\u{1F600}\""), ("SUBSTR(\"e\u{301}a\", 2, 1)", "\"\u{301}\""),
      ("SUBSTR(\"abc\", \"1\")", "error"), ("SUBSTR(\"abc\", 0.49999999999999994e0, 1)", "\"\""),
      ("SUBSTR(\"abc\", 1, 0.49999999999999994e0)", "\"\""), ("SUBSTR(\"abc\", -0.5e0, 2)", "\"a\""),
      ("SUBSTR(1, 1)", "error"), ("STRLEN(\"\u{1F600}\")", "1"), ("ENCODE_FOR_URI(\"\u{1F600}%*'\")", "\"%F0%9F%98%80%25%2A%27\""),
      ("CONCAT(\"a\"@en, \"b\"@EN)", "\"ab\"@en"), ("CONCAT(\"a\", :b)", "error"), ("STRBEFORE(\"\", \"a\")", "\"\""),
      ("LANGMATCHES(\"de-DE-1996\", \"de-de\")", "true"), ("LANGMATCHES(\"de-Latn-DE\", \"de-DE\")", "false"),
      ("LANGMATCHES(:a, \"de\")", "error"),
      ("REGEX(\"b\", \"^[a-z-[aeiou]]$\")", "true"), ("REGEX(\"e\", \"^[a-z-[aeiou]]$\")", "false"),
      ("REGEX(\"α\", \"\\\\p{IsGreek}\")", "true"),
      ("REGEX(\"hello world\", \"hello[ ]world\", \"x\")", "true"), ("REGEX(\"a b\", \"a\\\\ b\", \"x\")", "error"),
      ("REGEX(\"a\\nb\", \"A$.B\", \"ismx\")", "true"), ("REGEX(\"abc\", \"\")", "true"), ("REGEX(\"abc\", \"b\", \"i\"@en)", "error"),
      ("REPLACE(\"abcd\", \"(a)(b)(c)(d)\", \"$4$3$2$1\")", "\"dcba\""), ("REPLACE(\"abcd\", \"(a)\", \"$10\")", "\"a0bcd\""),
      ("REPLACE(\"abcd\", \"a\", \"$1\")", "\"bcd\""), ("REPLACE(\"abc\", \"\", \"x\")", "error"),
      ("REPLACE(\"abc\"@en, \"b\", \"x\"@en)", "error"),
      ("REPLACE(\"a.b.c\", \".\", \"-\", \"q\")", "\"a-b-c\""), ("REPLACE(\"A\\nB\", \"a.b\", \"x\", \"is\")", "\"x\""),
      ("ROUND(-0.5)", "0."), ("ROUND(0.5)", "1."), ("ROUND(-1.5)", "-1."), ("ROUND(2.5e0)", "3.0E0"), ("ROUND(-0.5e0)", "-0.0E0"),
      ("ROUND(\"1.5\"^^xsd:float)", "\"2.0E0\"^^float"), ("ROUND(\"NaN\"^^xsd:double)", "NaNe"), ("CEIL(-0.5)", "0."),
      ("FLOOR(-0.5)", "-1."),
      ("FLOOR(\"5\"^^xsd:byte)", "5"), ("ABS(\"-INF\"^^xsd:float)", "\"INF\"^^float"), ("CEIL(\"1\")", "error"),
      ("1/3", "0.333333333333333333"), ("1/8", "0.125"), ("7/7", "1."), ("0.1 + 0.2", "0.3"), ("1/0.0", "error"), ("-1e0/0", "-INFe"),
      ("99999999999999999999999999999999999999 + 1", "100000000000000000000000000000000000000"),
      ("99999999999999999999999999999999999999 * 10", "error"),
      ("12345678901234567890123456789012345678.0 + 0.1", "12345678901234567890123456789012345678.1"),
      ("YEAR(\"20000-01-01T00:00:00Z\"^^xsd:dateTime)", "20000"), ("YEAR(\"-0001-01-01T00:00:00Z\"^^xsd:dateTime)", "-1"),
      ("YEAR(\"2024-02-30T00:00:00Z\"^^xsd:dateTime)", "error"), ("DAY(\"2024-12-31T24:00:00Z\"^^xsd:dateTime)", "1"),
      ("\"-4000-06-01\"^^xsd:date < \"-3999-01-01\"^^xsd:date", "true"),
      ("SECONDS(\"2024-12-31T23:59:59.123456789Z\"^^xsd:dateTime)", "59.123456789"),
      ("TIMEZONE(\"2024-12-31T23:59:00+05:30\"^^xsd:dateTime)", "\"PT5H30M\"^^dayTimeDuration"),
      ("TIMEZONE(\"2024-12-31T23:59:00-00:30\"^^xsd:dateTime)", "\"-PT30M\"^^dayTimeDuration"),
      ("TZ(\"2024-12-31T23:59:00+14:00\"^^xsd:dateTime)", "\"+14:00\""), ("TZ(\"2024-12-31T23:59:00-00:00\"^^xsd:dateTime)", "\"Z\""),
      ("NOW() = NOW()", "true"), ("IRI(\"../x\")", "<http://e/x>"), ("IRI(\"#f\")", "<http://e/base/#f>"),
      ("IRI(\"?q\")", "<http://e/base/?q>"),
      ("IRI(\"//h/p\")", "<http://h/p>"), ("IRI(\"urn:a:b\")", "<urn:a:b>"), ("IRI(\"a\"@en)", "error"), ("isBlank(BNODE(\"a\"))", "true"),
      ("STRDT(\"a\", rdf:langString)", "error"), ("STRDT(\"1\", \"x\")", "error"), ("IF(?u, 1, 2)", "error"), ("IF(1/0, 1, 2)", "error"),
      ("IF(\"a\"@en, 1, 2)", "1"), ("COALESCE(?u, 1/0, \"x\")", "\"x\""), ("sameTerm(\"1\"^^xsd:integer, \"01\"^^xsd:integer)", "false"),
      ("sameTerm(?u, ?u)", "error"), ("MD5(\"\")", "\"d41d8cd98f00b204e9800998ecf8427e\""), ("SHA1(1)", "error"),
      ("isNumeric(\"1\"^^xsd:date)", "false"),
    ])
  func corners(_ text: String, _ expected: String) throws { #expect(try evaluated(text) == expected) }
}
