import Bytes
import Mapping
import Problems
import RDF
import Resources

/// Tells in the graph of a dataset which of its things its source has taken away, so that their identifiers do not just vanish.
///
/// What a dataset's own things are is kept beside its copies, with the moment from which each that is no more is missed. What comes again is in use
/// again. A thing is retired only where nothing but its source can have taken it away: not where the rules for identifiers are others than
/// those of the last build, nor where more was held back or wrong than in that. Such a thing is no longer spoken of, and publishing tells of its loss.
struct Retirement {
  /// What else than the source may take things away.
  struct Circumstances: Equatable {
    /// A digest of the mapping and all else that identifiers are made by.
    let rules: String
    /// How many rows were withheld, rows embargoed, cells withheld, and errors.
    var lacks: [Int] = []

    /// Whether what is no more has been taken away by the source, given how it was in the last build.
    func areNoWorse(than last: Circumstances?) -> Bool {
      guard let last, last.rules == rules, last.lacks.count == lacks.count else { return false }
      return zip(lacks, last.lacks).allSatisfy { $0 <= $1 }
    }
  }

  /// What is known of the things of a dataset.
  private struct Known {
    /// The things that there have been, with the moment from which they are missed; nil for those in use.
    var things: [ByteString: Instant?] = [:]
    /// How it was in the last build; nil where there was none.
    var circumstances: Circumstances?
  }

  private let folder: PullFolder
  private let beginning: ByteString
  private let graph: Term

  /// The things of a dataset.
  /// - Parameter base: what the site's own identifiers begin with.
  init(_ folder: PullFolder, base: String, graph: String) {
    self.folder = folder
    beginning = ByteString(base + "/id/")
    self.graph = .iri(ByteString(graph))
  }

  private var path: String { folder.path + "/things.tsv" }

  /// Converts, and adds what is no more: `prov:invalidatedAtTime` and why.
  /// - Parameters:
  ///   - rules: a digest of all that identifiers are made by.
  ///   - problems: what the job tells its problems.
  func convert(
    _ job: ConversionJob, into sink: any QuadSink, at moment: Instant, rules: String, problems: ProblemList
  ) throws(Failure) -> ConversionReport {
    let watch = SubjectWatch(sink, beginning)
    var report = try job.convert(into: watch)
    let circumstances = Circumstances(
      rules: rules,
      lacks: [
        report.rowsWithheld.values.reduce(0, +), report.rowsEmbargoed.values.reduce(0, +), report.cellsWithheld.values.reduce(0, +),
        problems.errorCount,
      ])
    // Builds of several programs may come to this at once.
    let things = try folder.locked("things") { () throws(Failure) in
      var known = try known()
      let isExplained = circumstances.areNoWorse(than: known.circumstances)
      for (thing, retired) in known.things where retired == nil && !watch.subjects.contains(thing) {
        known.things[thing] = isExplained ? .some(moment) : nil
      }
      for thing in watch.subjects { known.things[thing] = .some(nil) }
      known.circumstances = circumstances
      try write(known)
      return known.things
    }
    var batch = QuadBatch(capacity: 1024)
    let note = Words.phrase("retired-by-source")
    for (thing, retired) in things.sorted(by: { $0.key < $1.key }) {
      // Things under another base, which the site had before, are nothing that it answers for.
      guard let retired, thing.withView({ view in beginning.withView { view.hasPrefix($0) } }) else { continue }
      func say(_ predicate: String, _ object: Term) { batch.append(Quad(.iri(thing), .iri(ByteString(predicate)), object, graph: graph)) }
      say(KnownVocabulary.prov("invalidatedAtTime"), .literal(ByteString(SwedishTime.text(at: retired)), .datatype(XSD.dateTime)))
      for language in Language.allCases {
        say(KnownVocabulary.skos("historyNote"), .literal(ByteString(note.text(in: language)), .language(ByteString(language.rawValue))))
      }
    }
    report.triples += batch.count
    try sink.append(batch)
    return report
  }

  /// What was known after the last build.
  /// - Throws: ``ProblemCode/inputUnreadable``: what is not known to be none is not replaced.
  private func known() throws(Failure) -> Known {
    let bytes: [UInt8]
    do throws(Failure) {
      bytes = try FileStream(path: path, name: path).readAll()
    } catch {
      if error.problem.code == .inputMissing { return Known() }
      throw error
    }
    var known = Known()
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let parts = line.split(separator: UInt8(ascii: "\t"))
      guard let thing = parts.first else { continue }
      if thing.elementsEqual([Self.mark]) {
        let texts = parts.dropFirst().map { String(decoding: $0, as: UTF8.self) }
        known.circumstances = texts.first.map { Circumstances(rules: $0, lacks: texts.dropFirst().compactMap { Int($0) }) }
        continue
      }
      let seconds = parts.count > 1 ? Int64(String(decoding: parts[1], as: UTF8.self)) : nil
      known.things[ByteString(Array(thing))] = .some(seconds.map { Instant(seconds: $0, attoseconds: 0) })
    }
    return known
  }

  /// What the line begins with that tells how it was in the last build: no IRI does.
  private static let mark = UInt8(ascii: "#")

  private func write(_ known: Known) throws(Failure) {
    let output = try FileOutput(path: path, isPrivate: true)
    var text = ByteBuffer()
    if let circumstances = known.circumstances {
      text.append(Self.mark)
      for part in [circumstances.rules] + circumstances.lacks.map(String.init) { text.append(bytes: ByteString("\t" + part)) }
      text.append(UInt8(ascii: "\n"))
    }
    for (thing, retired) in known.things.sorted(by: { $0.key < $1.key }) {
      text.append(bytes: thing)
      if let retired { text.append(bytes: ByteString("\t\(retired.seconds)")) }
      text.append(UInt8(ascii: "\n"))
    }
    try output.write(text.view)
    try output.finish()
  }
}

/// Hands quads on, and takes note of the subjects that begin in a certain way.
private final class SubjectWatch: ProvenanceSink {
  private let sink: any QuadSink
  private let beginning: ByteString
  private(set) var subjects: Set<ByteString> = []

  init(_ sink: any QuadSink, _ beginning: ByteString) {
    self.sink = sink
    self.beginning = beginning
  }

  func append(_ batch: borrowing QuadBatch) throws(Failure) {
    look(at: batch)
    try sink.append(batch)
  }

  func append(_ batch: borrowing QuadBatch, rows: UnsafeBufferPointer<UInt32>?, file: Int) throws(Failure) {
    look(at: batch)
    if let sink = sink as? any ProvenanceSink { try sink.append(batch, rows: rows, file: file) } else { try sink.append(batch) }
  }

  func file(named name: String) -> Int { (sink as? any ProvenanceSink)?.file(named: name) ?? 0 }

  func suggest(prefix: String, namespace: String) { sink.suggest(prefix: prefix, namespace: namespace) }

  func finish() throws(Failure) {}

  /// The quads of one subject come one after the other.
  private func look(at batch: borrowing QuadBatch) {
    var last: TermID?
    for subject in batch.subjects where subject != last {
      last = subject
      guard batch.terms[subject].kind == .iri else { continue }
      let view = batch.terms.view(subject)
      if beginning.withView({ view.hasPrefix($0) }) { subjects.insert(ByteString(view)) }
    }
  }
}
