import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import TestSupport
import Testing

/// RDF/XML from the network, read by the program in a process of its own.
@Suite struct ConfinedReadingTests {
  private static let program = Confinement(program: ProgramRun.executable, arguments: ["read-rdfxml"])

  /// What comes of a document from the network.
  private static func confined(
    _ bytes: [UInt8], options: RDFReader.Options = RDFReader.Options(), by confinement: Confinement = program, piece: Int = .max
  ) -> Reading {
    var options = options
    options.confinement = confinement
    return read(MemoryStream(bytes, name: "test", piece: piece, isFromNetwork: true), .rdfxml, options: options)
  }

  private static func expectSame(_ text: String, options: RDFReader.Options, encoding: (String) -> [UInt8] = { Array($0.utf8) }) {
    let bytes = encoding(text)
    let own = read(bytes: bytes, .rdfxml, options: options)
    let other = confined(bytes, options: options, piece: 1_000)
    #expect(other.quads == own.quads)
    #expect(other.prefixes == own.prefixes)
    #expect(other.failure?.line(in: .sv) == own.failure?.line(in: .sv))
    #expect(other.problems.map { $0.line(in: .en) } == own.problems.map { $0.line(in: .en) })
  }

  // MARK: - The same as in the own process

  @Test(arguments: RDFXMLReaderTests.cases) func whatIsReadIsTheSame(_ test: RDFXMLReaderTests.Case) {
    Self.expectSame(
      RDFXMLReaderTests.document(test.content), options: RDFReader.Options(base: "http://b/doc", blankNodePrefix: "d2-"))
  }

  @Test(arguments: RDFXMLReaderTests.faults) func whatIsWrongIsTheSame(_ fault: RDFXMLReaderTests.Fault) {
    Self.expectSame(fault.text, options: RDFReader.Options())
    Self.expectSame(fault.text, options: RDFReader.Options(keepGoing: true))
  }

  @Test func theReaderGoesOnWhereToldTo() {
    let text = RDFXMLReaderTests.document(
      "<rdf:Description rdf:about=\"http://a/\">\n<e:p rdf:resource=\"http://b c/\"/><e:p>1</e:p></rdf:Description>")
    Self.expectSame(text, options: RDFReader.Options(keepGoing: true))
    Self.expectSame(text, options: RDFReader.Options())
  }

  /// The tables of an encoding are files, which the process may not open once it reads.
  @Test(arguments: ["windows-1252", "ISO-8859-15", "UTF-8", "no-such-encoding"]) func encodingsAreTheSame(_ name: String) {
    let text = "<?xml version=\"1.0\" encoding=\"\(name)\"?>\n" + RDFXMLReaderTests.document("<e:T rdf:about=\"http://e/\" e:p=\"å\"/>")
    Self.expectSame(text, options: RDFReader.Options()) { text in
      text.unicodeScalars.flatMap { $0.value < 0x80 || name == "UTF-8" ? Array(String($0).utf8) : [UInt8($0.value)] }
    }
  }

  @Test func manyTriplesAreTheSame() {
    let many = (0..<20_000).map {
      "<rdf:Description rdf:about=\"s\($0)\"><e:p xml:lang=\"sv\">o\($0) &#10; \"</e:p><e:q/></rdf:Description>"
    }
    Self.expectSame(RDFXMLReaderTests.document(many.joined(separator: "\n")), options: RDFReader.Options(base: "http://b/"))
  }

  @Test func depthIsLimitedAsElsewhere() {
    let deep = String(repeating: "<rdf:Description><e:p>", count: 600) + String(repeating: "</e:p></rdf:Description>", count: 600)
    Self.expectSame(RDFXMLReaderTests.document(deep), options: RDFReader.Options())
    Self.expectSame(RDFXMLReaderTests.document(deep), options: RDFReader.Options(depthLimit: 2_000))
  }

  // MARK: - A process that fails

  private static func shell(_ script: String) -> Confinement {
    var confinement = Confinement(program: "/bin/sh", arguments: ["-c", script])
    confinement.idleSeconds = 30
    return confinement
  }

  /// However the process ends or whatever it says, the reading ends with a problem that says so.
  @Test(arguments: [
    ("kill -9 $$", "the reader broke down (signal 9)"), ("kill -SEGV $$", "the reader broke down (signal 11)"),
    ("exit 0", "did not answer as it should"), ("exit 3", "did not answer as it should"),
    ("exit 12", "the reader got no more memory than 512 MiB"), ("cat", "did not answer as it should"),
    ("echo '<http://a/> <http://b/> <http://c/> .'", "did not answer as it should"), ("echo nonsense", "did not answer as it should"),
    ("echo '#nonsense'", "did not answer as it should"), ("echo '#{\"end\":1}'", "did not answer as it should"),
    ("echo '<http://a b/> <http://b/> <http://c/> .'; echo '#{\"end\":true}'", "did not answer as it should"),
    ("echo '#{\"failure\":{\"code\":\"write-failed\",\"severity\":\"error\",\"arguments\":{}}}'", "did not answer as it should"),
    ("echo '#'; yes '' | head -c 1000; printf '#%0100000d' 1", "did not answer as it should"),
  ])
  func aProcessThatFailsIsAProblem(_ script: String, _ says: String) {
    let reading = Self.confined(Array(RDFXMLReaderTests.document("").utf8), by: Self.shell(script))
    #expect(reading.failure?.code == .readerFailed)
    #expect(reading.failure?.line(in: .en).contains(says) == true, "\(reading.failure?.line(in: .en) ?? "")")
    #expect(reading.failure?.place == Place(file: "test"))
  }

  @Test func aProcessThatHangsIsEnded() {
    var confinement = Self.shell("exec sleep 1000")
    confinement.idleSeconds = 1
    for text in ["", String(repeating: " ", count: 1 << 22)] {
      let reading = Self.confined(Array(text.utf8), by: confinement)
      #expect(reading.failure?.line(in: .en).contains("the reader did not get on for 1 s") == true)
    }
  }

  @Test func aProcessWithoutEndIsEnded() {
    var confinement = Self.shell("exec yes '<http://a/> <http://b/> <http://c/> .'")
    confinement.output = 1 << 20
    #expect(Self.confined([], by: confinement).failure?.code == .limitExceeded)
  }

  @Test func aProgramThatIsNotThereIsAProblem() {
    let reading = Self.confined([], by: Confinement(program: "/nowhere", arguments: []))
    #expect(reading.failure?.code == .readerFailed)
    #expect(reading.failure?.line(in: .sv).contains("läsaren kan inte startas") == true)
  }

  /// Raptor remembers each rdf:ID, and a text until it ends, so that there is no limit to what it keeps but the process's.
  @Test(arguments: [true, false]) func aDocumentThatEatsMemoryEndsTheProcess(isOfText: Bool) {
    var confinement = Self.program
    confinement.memory = 24 << 20
    let text = String(repeating: "x", count: 100)
    let stream = EndlessDocument { isOfText ? $0 == 0 ? "<e:T><e:p>" : text : "<e:T rdf:ID=\"a\($0)\"/>" }
    let reading = read(stream, .rdfxml, options: RDFReader.Options(base: "http://b/", confinement: confinement))
    #expect(
      reading.failure?.line(in: .en).contains("the reader got no more memory than 24 MiB") == true,
      "\(reading.failure?.line(in: .en) ?? "")")
  }

  @Test func aDocumentThatTakesTooLongEndsTheProcess() {
    var confinement = Self.program
    confinement.processorSeconds = 1
    let stream = EndlessDocument { _ in "<e:T/>" }
    let reading = read(stream, .rdfxml, options: RDFReader.Options(base: "http://b/", confinement: confinement))
    #expect(reading.failure?.line(in: .en).contains("the reader was not done in 1 s") == true, "\(reading.failure?.line(in: .en) ?? "")")
  }

  // MARK: - What is no fault of the process

  @Test func whatTheSinkAndTheStreamSayGoesOn() {
    final class Full: QuadSink {
      func append(_ batch: borrowing QuadBatch) throws(Failure) { throw Failure(.writeFailed, ["name": "disk"]) }
      func finish() throws(Failure) {}
    }
    let stream = EndlessDocument { _ in "<e:T/>" }
    let options = RDFReader.Options(base: "http://b/", confinement: Self.program)
    let full = #expect(throws: Failure.self) {
      try RDFReader.read(stream, format: .rdfxml, options: options, into: Full(), problems: ProblemList())
    }
    #expect(full?.problem.code == .writeFailed)
    #expect(read(EndlessDocument(breaksAt: 5) { _ in "<e:T/>" }, .rdfxml, options: options).failure?.code == .inputUnreadable)
  }

  /// Other formats are read by Swift alone, wherever they come from.
  @Test func otherFormatsNeedNoProcess() {
    let stream = MemoryStream(Array("<http://a/> <http://b/> _:c .".utf8), name: "test", isFromNetwork: true)
    let options = RDFReader.Options(confinement: Confinement(program: "/nowhere", arguments: []))
    #expect(read(stream, .turtle, options: options).quads.count == 1)
  }
}

/// RDF/XML without end, or until it breaks.
private final class EndlessDocument: ByteStream {
  let name = "test"
  let isFromNetwork = true
  private let breaksAt: Int
  private let element: (Int) -> String
  private var number = 0
  private var rest: ArraySlice<UInt8> = Array(RDFXMLReaderTests.opening.utf8)[...]
  private var blocks = 0

  init(breaksAt: Int = .max, _ element: @escaping (Int) -> String) {
    self.breaksAt = breaksAt
    self.element = element
  }

  func read(into target: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    blocks += 1
    if blocks > breaksAt { throw Failure(.inputUnreadable, ["name": "test"]) }
    while rest.count < target.count {
      for _ in 0..<1_000 {
        rest += Array(element(number).utf8)
        number += 1
      }
    }
    target.copyBytes(from: rest.prefix(target.count))
    rest = rest.dropFirst(target.count)
    return target.count
  }
}
