import Bytes
import Problems
import RDF
import RDFSyntax
import Resources
import Testing

/// Keeps all quads, and what was said about prefixes.
final class QuadCollector: QuadSink {
  private(set) var quads: [Quad] = []
  private(set) var batches = 0
  private(set) var largestBatch = 0
  private(set) var prefixes: [String] = []
  private(set) var isFinished = false

  func append(_ batch: borrowing QuadBatch) throws(Failure) {
    batches += 1
    largestBatch = max(largestBatch, batch.terms.bytes.count)
    for index in 0..<batch.count { quads.append(batch.quad(at: index)) }
  }

  func suggest(prefix: String, namespace: String) { prefixes.append("\(prefix): \(namespace)") }

  func finish() throws(Failure) { isFinished = true }
}

/// What a reader made of a text.
struct Reading {
  var quads: [Quad] = []
  var prefixes: [String] = []
  var problems: [Problem] = []
  var failure: Problem?
  var batches = 0
  var largestBatch = 0

  /// The quads as lines of N-Quads.
  var lines: [String] { quads.map(\.line) }

  /// The failure as `line:column code`, or nil.
  var fault: String? { failure.map(Self.fault) }

  static func fault(_ problem: Problem) -> String {
    "\(problem.place.line ?? 0):\(problem.place.column ?? 0) \(problem.code.rawValue)"
  }
}

/// Reads a text in blocks of `block` bytes from a stream that gives `piece` bytes at a time.
func read(
  _ text: String, _ format: Format, options: RDFReader.Options = RDFReader.Options(), block: Int? = nil, piece: Int = .max
) -> Reading {
  read(bytes: Array(text.utf8), format, options: options, block: block, piece: piece)
}

func read(
  bytes: [UInt8], _ format: Format, options: RDFReader.Options = RDFReader.Options(), block: Int? = nil, piece: Int = .max
) -> Reading {
  var options = options
  if let block { options.blockSize = block }
  return read(MemoryStream(bytes, name: "test", piece: piece), format, options: options)
}

/// Reads a stream.
func read(_ stream: any ByteStream, _ format: Format, options: RDFReader.Options) -> Reading {
  let sink = QuadCollector()
  let problems = ProblemList()
  var reading = Reading()
  do throws(Failure) {
    try RDFReader.read(stream, format: format, options: options, into: sink, problems: problems)
  } catch {
    reading.failure = error.problem
  }
  #expect(!sink.isFinished)
  reading.quads = sink.quads
  reading.prefixes = sink.prefixes
  reading.problems = problems.problems
  reading.batches = sink.batches
  reading.largestBatch = sink.largestBatch
  return reading
}

/// Reads a text whole and with every kind of border between blocks, expecting the same each time.
func readAtEveryBorder(_ text: String, _ format: Format, options: RDFReader.Options = RDFReader.Options()) -> Reading {
  let whole = read(text, format, options: options)
  for (block, piece) in [(1, 1), (2, 1), (3, 3), (7, 2), (7, 7), (16, 16), (64, 5), (1 << 18, 1), (1 << 18, 7)] {
    let other = read(text, format, options: options, block: block, piece: piece)
    #expect(other.fault == whole.fault, "blocks of \(block)")
    #expect(other.failure?.arguments == whole.failure?.arguments, "blocks of \(block)")
    #expect(other.problems.map(Reading.fault) == whole.problems.map(Reading.fault), "blocks of \(block)")
    if whole.failure == nil { #expect(other.quads == whole.quads, "blocks of \(block)") }
  }
  return whole
}

extension Quad {
  /// The quad as a line of N-Quads.
  var line: String {
    let terms = [subject, predicate, object] + (graph.map { [$0] } ?? [])
    return terms.map(\.written).joined(separator: " ") + " ."
  }
}

extension Term {
  /// The term as N-Triples writes it, escaping only what must be.
  var written: String {
    switch self {
    case .iri(let iri): return "<\(iri)>"
    case .blankNode(let label): return "_:\(label)"
    case .literal(let lexical, let qualifier):
      var text = "\""
      for scalar in lexical.text.unicodeScalars {
        switch scalar {
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        default: text.unicodeScalars.append(scalar)
        }
      }
      text += "\""
      switch qualifier {
      case .language(let tag): return text + "@\(tag)"
      case .datatype(XSD.string): return text
      case .datatype(let iri): return text + "^^<\(iri)>"
      }
    }
  }
}
