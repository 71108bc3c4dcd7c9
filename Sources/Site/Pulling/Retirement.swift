import Bytes
import Glibc
import Mapping
import Problems
import RDF
import Resources
import Tables

/// Tells in the graph of a dataset which of its things its source has taken away, so that their identifiers do not just vanish.
///
/// What a dataset's own things are is kept beside its copies, with the moment from which each that is no more is missed. What is published again is in
/// use again. A thing is retired only where its source has taken it away: where nothing makes it of what the source says, however much of that is held
/// back, and nothing else than the source can be why. Any other one that is missing is no longer spoken of, and publishing tells of its loss.
struct Retirement {
  /// What else than the source may take things away.
  struct Circumstances: Equatable {
    /// A digest of the mapping and all else that identifiers are made by.
    let rules: String
    /// How often there was each problem, by its code.
    var problems: [String: Int] = [:]

    /// Whether what is no more has been taken away by the source, given how it was in the last build.
    func areNoWorse(than last: Circumstances?) -> Bool {
      guard let last, last.rules == rules else { return false }
      return problems.allSatisfy { $0.value <= last.problems[$0.key, default: 0] }
    }
  }

  /// What is known of the things of a dataset.
  private struct Known {
    /// The things that there have been, with the moment from which they are missed; nil for those in use.
    var things: [ByteString: Instant?] = [:]
    /// How it was in the last build; nil where there was none.
    var circumstances: Circumstances?

    /// What the line begins with that tells how it was in the last build: no IRI does.
    static let mark = UInt8(ascii: "#")

    /// Adds what a line says; false where it says nothing that is known here.
    mutating func add(_ line: ArraySlice<UInt8>) -> Bool {
      let parts = line.split(separator: UInt8(ascii: "\t")).map { ByteString(Array($0)) }
      guard let thing = parts.first else { return false }
      if thing.bytes == [Self.mark] {
        guard parts.count > 1 else { return false }
        var last = Circumstances(rules: parts[1].text)
        for part in parts.dropFirst(2) {
          let pair = part.text.split(separator: "=")
          guard pair.count == 2, let count = Int(pair[1]) else { return false }
          last.problems[String(pair[0])] = count
        }
        circumstances = last
        return true
      }
      guard parts.count <= 2, thing.withView({ $0.isAbsoluteIRI && $0.firstIllFormedUTF8 == nil }) else { return false }
      let retired = parts.count > 1 ? Int64(parts[1].text) : nil
      if parts.count > 1, retired == nil { return false }
      things[thing] = .some(retired.map { Instant(seconds: $0, attoseconds: 0) })
      return true
    }

    /// The things in use that are not among others.
    func missing(from subjects: Set<ByteString>) -> [ByteString] {
      things.filter { $0.value == nil && !subjects.contains($0.key) }.map(\.key)
    }
  }

  private let folder: PullFolder
  private let beginning: ByteString
  private let graph: Term
  private let rules: String

  /// The things of a dataset.
  /// - Parameters:
  ///   - base: what the site's own identifiers begin with.
  ///   - rules: all that identifiers are made by beside files.
  init(_ folder: PullFolder, base: String, graph: String, rules: String) {
    self.folder = folder
    self.rules = rules
    beginning = ByteString(base + "/id/")
    self.graph = .iri(ByteString(graph))
  }

  private var path: String { folder.path + "/things.tsv" }

  /// Converts, and adds what is no more: `prov:invalidatedAtTime` and why.
  /// - Parameters:
  ///   - problems: what the job tells its problems.
  ///   - isNewest: whether what is converted is the newest that the source says. Else another program knows better what is no more.
  func convert(
    _ job: ConversionJob, into sink: any QuadSink, at moment: Instant, problems: ProblemList, isNewest: () -> Bool
  ) throws(Failure) -> ConversionReport {
    let opened = OpenedFiles(job.resources)
    var job = job
    job.resources = opened
    let before = problems.counts
    let watch = SubjectWatch(sink, beginning)
    var report = try job.convert(into: watch)
    var circumstances = Circumstances(
      rules: try opened.digest(after: rules, without: Set(job.inputs.map { TableName($0).file })))
    for (code, count) in problems.counts { circumstances.problems[code.rawValue] = count - before[code, default: 0] }
    let last = (try? read()) ?? Known()
    let isAsked = circumstances.areNoWorse(than: last.circumstances) && !last.missing(from: watch.subjects).isEmpty
    let said = isAsked ? said(by: job, report, watch.subjects) : nil
    // Builds of several programs may come to this at once.
    let things = try folder.locked("things") { () throws(Failure) in
      var known = Known()
      var fault: Failure?
      do throws(Failure) { known = try read() } catch { fault = error }
      if !isNewest() { return known.things }
      if let fault { job.problems.report(putAside(after: fault)) }
      let isExplained = circumstances.areNoWorse(than: known.circumstances)
      for thing in known.missing(from: watch.subjects) {
        if !isExplained || said?.contains(thing) == true {
          known.things[thing] = nil
        } else if said != nil {
          known.things[thing] = .some(moment)
        }
      }
      for thing in watch.subjects { known.things[thing] = .some(nil) }
      known.circumstances = circumstances
      try write(known)
      return known.things
    }
    var batch = QuadBatch(capacity: 1024)
    write(things.filter { !watch.subjects.contains($0.key) }, to: &batch)
    report.triples += batch.count
    try sink.append(batch)
    return report
  }

  /// What is said of the things that are no more.
  private func write(_ things: [ByteString: Instant?], to batch: inout QuadBatch) {
    let note = Words.phrase("retired-by-source")
    for (thing, retired) in things.sorted(by: { $0.key < $1.key }) {
      // Things under another base, which the site had before, are nothing that it answers for.
      guard let retired, thing.withView({ view in beginning.withView { view.hasPrefix($0) } }) else { continue }
      func say(_ predicate: String, _ object: Term) {
        batch.append(Quad(.iri(thing), .iri(ByteString(predicate)), object, graph: graph))
      }
      say(KnownVocabulary.prov("invalidatedAtTime"), .literal(ByteString(SwedishTime.text(at: retired)), .datatype(XSD.dateTime)))
      for language in Language.allCases {
        say(KnownVocabulary.skos("historyNote"), .literal(ByteString(note.text(in: language)), .language(ByteString(language.rawValue))))
      }
    }
  }

  /// The things that the source speaks of, with those of which it is held back; nil where that can't be told now.
  private func said(by job: ConversionJob, _ report: ConversionReport, _ published: Set<ByteString>) -> Set<ByteString>? {
    let held = [report.rowsWithheld, report.cellsWithheld].flatMap(\.values) + report.rowsEmbargoed.values
    var said = published
    if held.reduce(0, +) == 0 { return said }
    var job = job
    // Nothing of it is told: it speaks of what is held back.
    job.problems = ProblemList(kept: 0)
    job.log = .silent
    // Some things are only there where a cell is held back.
    for part in [HeldBack.cells, .nothing] {
      job.holdsBack = part
      let watch = SubjectWatch(nil, beginning)
      do throws(Failure) { _ = try job.convert(into: watch) } catch { return nil }
      said.formUnion(watch.subjects)
    }
    return said
  }

  /// What was known after the last build.
  /// - Throws: ``ProblemCode/inputUnreadable``, or ``ProblemCode/thingsUnreadable`` for a file that was not written here, or not to its end.
  private func read() throws(Failure) -> Known {
    let bytes: [UInt8]
    do throws(Failure) {
      bytes = try FileStream(path: path, name: path).readAll(limit: .max)
    } catch {
      if error.problem.code == .inputMissing { return Known() }
      throw error
    }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var known = Known()
    for (number, line) in lines.dropLast().enumerated() where !known.add(line) { throw broken(line: number + 1) }
    if bytes.last != UInt8(ascii: "\n") { throw broken(line: lines.count) }
    return known
  }

  private func broken(line: Int) -> Failure {
    Failure(.thingsUnreadable, at: Place(file: path, line: line), ["reason": .phrase("things-form")])
  }

  /// Keeps a file that can't be read under another name, for a person to look at, and says so.
  private func putAside(after fault: Failure) -> Problem {
    rename(path, path + ".unreadable")
    let place = Place(file: path, line: fault.problem.place.line)
    return Problem(
      .thingsUnreadable, at: place, ["reason": fault.problem.arguments["reason"] ?? "", "name": "things.tsv.unreadable"])
  }

  private func write(_ known: Known) throws(Failure) {
    let output = try FileOutput(path: path, isPrivate: true)
    var text = ByteBuffer()
    if let last = known.circumstances {
      let problems = last.problems.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map { "\t\($0.key)=\($0.value)" }
      text.append(Known.mark)
      text.append(bytes: ByteString("\t\(last.rules)\(problems.joined())\n"))
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
