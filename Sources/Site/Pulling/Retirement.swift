import Bytes
import Mapping
import Problems
import RDF
import Resources

/// Tells in the graph of a dataset which of its things its source has taken away, so that their identifiers do not just vanish.
///
/// What a dataset's own things are is kept beside its copies, with the moment from which each that is no more is missed. What comes again is in use
/// again. A thing is retired only where its source has taken it away: it is no more in the graph, and an object made it that the source has deleted,
/// or changed in a way in which nothing is held back. Any other one that is missing is no longer spoken of, and publishing tells of its loss.
struct Retirement {
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
  /// - Parameter replaced: the files of what the source has deleted or changed since the last build.
  func convert(
    _ job: ConversionJob, into sink: any QuadSink, at moment: Instant, _ replaced: [PulledCopy.Replaced.Part: [String]]
  ) throws(Failure) -> ConversionReport {
    let watch = SubjectWatch(sink, beginning)
    var report = try job.convert(into: watch)
    // Builds of several programs may come to this at once.
    let things = try folder.locked("things") { () throws(Failure) in
      var known = try known()
      let missing = known.filter { $0.value == nil && !watch.subjects.contains($0.key) }.map(\.key)
      let takenAway = missing.isEmpty ? [] : takenAway(replaced, job)
      for thing in missing { known[thing] = takenAway.contains(thing) ? .some(moment) : nil }
      for thing in watch.subjects { known[thing] = .some(nil) }
      try write(known)
      return known
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

  /// The things that objects made which the source has deleted, and of those that it has changed, where nothing of what they are now is held back:
  /// else that may be why a thing is missing.
  private func takenAway(_ replaced: [PulledCopy.Replaced.Part: [String]], _ job: ConversionJob) -> Set<ByteString> {
    let deleted = things(of: replaced[.deleted], job).things
    guard let before = replaced[.before], things(of: replaced[.after], job).isWhole else { return deleted }
    return deleted.union(things(of: before, job).things)
  }

  /// The things that some files alone make, and whether all that is in them was published.
  private func things(of files: [String]?, _ job: ConversionJob) -> (things: Set<ByteString>, isWhole: Bool) {
    guard let files else { return ([], true) }
    let problems = ProblemList()
    var job = job
    job.inputs = files
    job.problems = problems
    let watch = SubjectWatch(nil, beginning)
    do throws(Failure) {
      let report = try job.convert(into: watch)
      let held = [
        report.rowsWithheld.values.reduce(0, +), report.rowsEmbargoed.values.reduce(0, +), report.cellsWithheld.values.reduce(0, +),
      ]
      return (watch.subjects, held.allSatisfy { $0 == 0 } && problems.errorCount == 0)
    } catch {
      // What can't be read of what has been says nothing about what has gone.
      return ([], false)
    }
  }

  /// The things that there have been, with the moment from which they are missed; nil for those in use.
  /// - Throws: ``ProblemCode/inputUnreadable``: what is not known to be none is not replaced.
  private func known() throws(Failure) -> [ByteString: Instant?] {
    let bytes: [UInt8]
    do throws(Failure) {
      bytes = try FileStream(path: path, name: path).readAll()
    } catch {
      if error.problem.code == .inputMissing { return [:] }
      throw error
    }
    var known: [ByteString: Instant?] = [:]
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let parts = line.split(separator: UInt8(ascii: "\t"))
      guard let thing = parts.first else { continue }
      let seconds = parts.count > 1 ? Int64(String(decoding: parts[1], as: UTF8.self)) : nil
      known[ByteString(Array(thing))] = .some(seconds.map { Instant(seconds: $0, attoseconds: 0) })
    }
    return known
  }

  private func write(_ known: [ByteString: Instant?]) throws(Failure) {
    let output = try FileOutput(path: path, isPrivate: true)
    var text = ByteBuffer()
    for (thing, retired) in known.sorted(by: { $0.key < $1.key }) {
      text.append(bytes: thing)
      if let retired { text.append(bytes: ByteString("\t\(retired.seconds)")) }
      text.append(UInt8(ascii: "\n"))
    }
    try output.write(text.view)
    try output.finish()
  }
}

/// Hands quads on, where there is anybody to take them, and takes note of the subjects that begin in a certain way.
private final class SubjectWatch: ProvenanceSink {
  private let sink: (any QuadSink)?
  private let beginning: ByteString
  private(set) var subjects: Set<ByteString> = []

  init(_ sink: (any QuadSink)?, _ beginning: ByteString) {
    self.sink = sink
    self.beginning = beginning
  }

  func append(_ batch: borrowing QuadBatch) throws(Failure) {
    look(at: batch)
    try sink?.append(batch)
  }

  func append(_ batch: borrowing QuadBatch, rows: UnsafeBufferPointer<UInt32>?, file: Int) throws(Failure) {
    look(at: batch)
    if let sink = sink as? any ProvenanceSink { try sink.append(batch, rows: rows, file: file) } else { try sink?.append(batch) }
  }

  func file(named name: String) -> Int { (sink as? any ProvenanceSink)?.file(named: name) ?? 0 }

  func suggest(prefix: String, namespace: String) { sink?.suggest(prefix: prefix, namespace: namespace) }

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
