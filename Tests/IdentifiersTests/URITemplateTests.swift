import Bytes
import Identifiers
import Testing

/// The examples of RFC 6570 that need no lists, by their sections.
struct URITemplateTests {
  private static let values: [ByteString: ByteString] = [
    "var": "value", "hello": "Hello World!", "half": "50%", "who": "fred", "base": "http://example.com/home/", "path": "/foo/bar",
    "v": "6", "x": "1024", "y": "768", "empty": "", "dub": "me/too", "dom": "example", "kommun": "Örebro", "semi": ";",
  ]

  @Test(arguments: [
    // §1.2, §3.2.2
    ("{var}", "value"), ("{hello}", "Hello%20World%21"), ("{half}", "50%25"), ("O{empty}X", "OX"), ("O{undef}X", "OX"),
    ("{x,y}", "1024,768"), ("{x,hello,y}", "1024,Hello%20World%21,768"), ("?{x,empty}", "?1024,"), ("?{x,undef}", "?1024"),
    ("?{undef,y}", "?768"), ("{var:3}", "val"), ("{var:30}", "value"), ("{semi}", "%3B"), ("{semi:2}", "%3B"),
    // §3.2.3
    ("{+var}", "value"), ("{+hello}", "Hello%20World!"), ("{+half}", "50%25"), ("{base}index", "http%3A%2F%2Fexample.com%2Fhome%2Findex"),
    ("{+base}index", "http://example.com/home/index"), ("O{+empty}X", "OX"), ("{+path}/here", "/foo/bar/here"),
    ("here?ref={+path}", "here?ref=/foo/bar"), ("up{+path}{var}/here", "up/foo/barvalue/here"),
    ("{+x,hello,y}", "1024,Hello%20World!,768"), ("{+path,x}/here", "/foo/bar,1024/here"), ("{+path:6}/here", "/foo/b/here"),
    // §3.2.4
    ("{#var}", "#value"), ("{#hello}", "#Hello%20World!"), ("{#half}", "#50%25"), ("foo{#empty}", "foo#"), ("foo{#undef}", "foo"),
    ("{#x,hello,y}", "#1024,Hello%20World!,768"), ("{#path,x}/here", "#/foo/bar,1024/here"), ("{#path:6}/here", "#/foo/b/here"),
    // §3.2.5
    ("{.who}", ".fred"), ("{.who,who}", ".fred.fred"), ("{.half,who}", ".50%25.fred"), ("www{.dom}", "www.example"), ("X{.empty}", "X."),
    ("X{.undef}", "X"), ("X{.var:3}", "X.val"),
    // §3.2.6
    ("{/who}", "/fred"), ("{/who,who}", "/fred/fred"), ("{/half,who}", "/50%25/fred"), ("{/who,dub}", "/fred/me%2Ftoo"),
    ("{/var,empty}", "/value/"), ("{/var,undef}", "/value"), ("{/var,x}/here", "/value/1024/here"), ("{/var:1,var}", "/v/value"),
    // §3.2.7
    ("{;who}", ";who=fred"), ("{;half}", ";half=50%25"), ("{;empty}", ";empty"), ("{;v,empty,who}", ";v=6;empty;who=fred"),
    ("{;v,undef,who}", ";v=6;who=fred"), ("{;x,y}", ";x=1024;y=768"), ("{;hello:5}", ";hello=Hello"),
    // §3.2.8, §3.2.9
    ("{?who}", "?who=fred"), ("{?half}", "?half=50%25"), ("{?x,y}", "?x=1024&y=768"), ("{?x,y,empty}", "?x=1024&y=768&empty="),
    ("{?x,y,undef}", "?x=1024&y=768"), ("{?var:3}", "?var=val"), ("{&who}", "&who=fred"), ("?fixed=yes{&x}", "?fixed=yes&x=1024"),
    ("{&var:3}", "&var=val"), ("{&x,y,empty}", "&x=1024&y=768&empty="),
    // §1.6: letters beyond ASCII are encoded, and a prefix counts characters
    ("{kommun}", "%C3%96rebro"), ("{kommun:1}", "%C3%96"), ("id/{kommun:2}/x", "id/%C3%96r/x"),
  ])
  func expandsAsRFC6570Says(_ template: String, _ expected: String) throws {
    #expect(try URITemplate(ByteString(template)).expanded(Self.values).text == expected)
  }

  @Test(arguments: ["{", "a}", "{}", "{a", "{a,}", "{a b}", "{=a}", "{a:0}", "{a:10000}", "{a:x}", "{+}", "{a{b}}"])
  func refusesWhatIsNoTemplate(_ template: String) {
    #expect(throws: URITemplate.Fault.self) { try URITemplate(ByteString(template)) }
  }

  @Test(arguments: [
    ("a b/{x}", "a%20b/1"), ("<{x}>", "%3C1%3E"), ("å/{x}%20", "å/1%20"), ("{x}\"\\`^|", "1%22%5C%60%5E%7C"), ("\n{x}", "%0A1"),
  ])
  func encodesWhatNoIRIHas(_ template: String, _ expected: String) throws {
    #expect(try URITemplate(ByteString(template)).expanded(["x": "1"]).text == expected)
  }

  @Test func namesItsVariablesInOrder() throws {
    let template = try URITemplate("{b}/{a,b:4}{?c*}")
    #expect(template.variableNames.map(\.text) == ["b", "a", "c"])
    #expect(!template.isConstant)
    #expect(try URITemplate("http://example.org/").isConstant)
  }
}
