import Bytes
import RDF
import Testing

@Suite struct IRIResolutionTests {
  /// RFC 3986 §5.4.1, against http://a/b/c/d;p?q
  static let normal: [(String, String)] = [
    ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
    ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q#s"),
    ("g#s", "http://a/b/c/g#s"), ("g?y#s", "http://a/b/c/g?y#s"), (";x", "http://a/b/c/;x"), ("g;x", "http://a/b/c/g;x"),
    ("g;x?y#s", "http://a/b/c/g;x?y#s"), ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"),
    ("..", "http://a/b/"), ("../", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../", "http://a/"),
    ("../../g", "http://a/g"),
  ]

  /// RFC 3986 §5.4.2
  static let abnormal: [(String, String)] = [
    ("../../../g", "http://a/g"), ("../../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"),
    ("g.", "http://a/b/c/g."), (".g", "http://a/b/c/.g"), ("g..", "http://a/b/c/g.."), ("..g", "http://a/b/c/..g"),
    ("./../g", "http://a/b/g"), ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"),
    ("g;x=1/./y", "http://a/b/c/g;x=1/y"), ("g;x=1/../y", "http://a/b/c/y"), ("g?y/./x", "http://a/b/c/g?y/./x"),
    ("g?y/../x", "http://a/b/c/g?y/../x"), ("g#s/./x", "http://a/b/c/g#s/./x"), ("g#s/../x", "http://a/b/c/g#s/../x"),
    ("http:g", "http:g"),
  ]

  @Test(arguments: normal + abnormal) func followsTheExamplesOfTheRFC(reference: String, iri: String) {
    #expect(BaseIRI("http://a/b/c/d;p?q").resolve(ByteString(reference)) == ByteString(iri))
  }

  static let shapes: [(String, String, String)] = [
    ("http://abc/def/ghi", ".", "http://abc/def/"), ("http://abc/def/ghi", ".?a=b", "http://abc/def/?a=b"),
    ("http://abc/def/ghi", "..#a=b", "http://abc/#a=b"), ("http://ab//de//ghi", "xyz", "http://ab//de//xyz"),
    ("http://ab//de//ghi", "../xyz", "http://ab//de/xyz"), ("http://abc/d:f/ghi", "../xyz", "http://abc/xyz"),
    ("http://example.org/ns/", "foo/", "http://example.org/ns/foo/"),
    ("http://example.org/ns/foo/", "bar#", "http://example.org/ns/foo/bar#"),
    ("file:///a/bb/ccc/d;p?q", "../../../g", "file:///g"), ("file:///a/bb/ccc/d;p?q", "//g", "file://g"),
    ("http://a", "b", "http://a/b"), ("http://a", "./b", "http://a/b"), ("http://a", "..", "http://a/"), ("http://a?q", "", "http://a?q"),
    ("http://a#f", "", "http://a"), ("http://a/b#f", "c", "http://a/c"), ("http://a/b?x/y", "c", "http://a/c"),
    ("urn:a:b", "#c", "urn:a:b#c"), ("urn:a/b", "../../c", "urn:/c"), ("http://a/b", "https://x/y/../z", "https://x/z"),
    ("http://a/b", "//x/./y?q#f", "http://x/y?q#f"), ("http://a/b", "c:d", "c:d"), ("http://a/b", "./c:d", "http://a/c:d"),
  ]

  @Test(arguments: shapes) func resolvesAgainstBasesOfAllShapes(base: String, reference: String, iri: String) {
    #expect(BaseIRI(ByteString(base)).resolve(ByteString(reference)) == ByteString(iri))
  }

  @Test func keepsCharactersBeyondASCIIAsTheyAre() {
    #expect(BaseIRI("http://örebro.se/å/ä").resolve("ö?é#ü") == "http://örebro.se/å/ö?é#ü")
    #expect(BaseIRI("http://a/e\u{301}/").resolve("\u{E9}") == "http://a/e\u{301}/\u{E9}")
  }

  @Test func appendsToWhatIsThere() {
    var out = ByteBuffer()
    out.append("a/../")
    let reference: ByteString = "../z"
    reference.withView { BaseIRI("http://x/y/").resolve($0, into: &out) }
    #expect(out.view == "a/../http://x/z")
  }

  @Test(arguments: [
    ("http:", true), ("http://a", true), ("a+b-c.d:e", true), ("urn:isbn:1", true), ("", false), (":a", false), ("1a:b", false),
    ("a/b:c", false), ("a", false), ("//a:b", false), ("å:b", false), ("?a:b", false),
  ])
  func knowsWhatHasAScheme(iri: String, isAbsolute: Bool) {
    ByteString(iri).withView { #expect($0.isAbsoluteIRI == isAbsolute) }
  }
}
