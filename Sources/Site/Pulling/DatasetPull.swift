import Bytes
import Problems
import RDF
import Resources
import Store

/// Pulls the sources of one dataset, and makes a new copy of what came and what is known.
struct DatasetPull {
  private let dataset: SiteFile.Dataset
  private let rules: PullRules
  private let secrets: Secrets
  private let fetcher: any ByteFetcher
  private let limits: PullLimits
  private let folder: PullFolder
  private let now: Instant

  init(
    _ dataset: SiteFile.Dataset, _ rules: PullRules, _ secrets: Secrets, _ fetcher: any ByteFetcher, _ limits: PullLimits,
    _ folder: PullFolder, _ now: Instant
  ) {
    self.dataset = dataset
    self.rules = rules
    self.secrets = secrets
    self.fetcher = fetcher
    self.limits = limits
    self.folder = folder
    // The state on the disk knows whole seconds, and files are compared with theirs.
    self.now = Instant(seconds: now.seconds, attoseconds: 0)
  }

  private var isGrowing: Bool { dataset.keep != nil }

  /// Pulls, and puts the new state on the disk.
  /// - Parameter fingerprint: what copies must be of.
  /// - Returns: the state, and whether its copy has something that the one before did not have.
  /// - Throws: what pulling a source throws; the copies are then as they were.
  func run(_ fingerprint: String) throws(Failure) -> (state: PulledState, isNew: Bool) {
    // The disk is asked anew: another program may have pulled.
    var state = folder.state(fingerprint) ?? folder.newState(fingerprint)
    let before = state.current
    state.number += 1
    var copy = PulledCopy(checked: now)
    var isNew = before == nil
    do throws(Failure) {
      for (index, source) in dataset.sources.enumerated() {
        let files = (before?.files ?? []).filter { $0.source == index }
        let known = before.flatMap { $0.origins.indices.contains(index) ? $0.origins[index] : nil }
        guard SiteFile.Dataset.isPulled(source) else {
          copy.origins.append(PulledCopy.Origin())
          continue
        }
        let pull = SourcePull(
          fetcher: fetcher, limits: limits, folder: folder, rules: rules, secrets: secrets, source: source, index: index,
          number: state.number, now: now)
        let part = try take(pull, known, files)
        copy.files += part.files
        copy.origins.append(part.origin)
        if part.isNew { isNew = true }
      }
    } catch {
      folder.forget(pull: state.number)
      throw error
    }
    if isNew {
      // While it is not known whether the new copy can be built, the last one that could be stays.
      if state.isAccepted { state.older = before }
      state.current = copy
      state.isAccepted = false
    } else {
      state.current = before
      state.current?.checked = now
      state.current?.origins = copy.origins
    }
    try folder.write(state)
    return (state, isNew)
  }

  private struct Part {
    var files: [PulledCopy.File]
    var origin: PulledCopy.Origin
    var isNew: Bool
  }

  /// Pulls one source into the files that there are of it.
  private func take(_ pull: SourcePull, _ known: PulledCopy.Origin?, _ files: [PulledCopy.File]) throws(Failure) -> Part {
    guard let pages = try pull.pages(after: files.isEmpty ? nil : known) else {
      return Part(files: files, origin: known ?? PulledCopy.Origin(), isNew: false)
    }
    let came = pages.map(\.file)
    if let changes = rules.changes { return try take(pages, changes, pull, known, files) }
    var origin = PulledCopy.Origin()
    if pages.count == 1 { (origin.tag, origin.date) = (pages[0].tag, pages[0].date) }
    let last = isGrowing ? Array(files.suffix(came.count)) : files
    if areEqual(came, last) { return Part(files: files, origin: origin, isNew: false) }
    return Part(files: isGrowing ? files + came : came, origin: origin, isNew: true)
  }

  /// Takes what has changed since the last pull: into the file that there is, or where the dataset grows beside the files that there are.
  private func take(
    _ pages: [SourcePull.Page], _ changes: PullRules.Changes, _ pull: SourcePull, _ known: PulledCopy.Origin?, _ files: [PulledCopy.File]
  ) throws(Failure) -> Part {
    let merge = ChangeMerge(changes: changes, name: pull.name)
    var texts: [[UInt8]] = []
    for page in pages {
      guard let text = page.text else {
        throw Failure(.sourceChanges, at: Place(file: pull.name), ["name": .text(pull.name), "reason": .phrase("changes-form")])
      }
      texts.append(text)
    }
    if isGrowing {
      let (last, living) = try merge.living(texts)
      let origin = PulledCopy.Origin(change: last)
      if living.allSatisfy({ $0.count == 0 }), !files.isEmpty { return Part(files: files, origin: origin, isNew: false) }
      var came: [PulledCopy.File] = []
      for (number, (page, living)) in zip(pages, living).enumerated() {
        let text = living.text
        came.append(try text.map { text throws(Failure) in try write(text, "living\(number + 1)", page, pull) } ?? page.file)
      }
      return Part(files: files + came, origin: origin, isNew: true)
    }
    let kept: [UInt8]? =
      if let file = files.first { try FileStream(path: folder.path(of: file), name: file.path).readAll() } else { nil }
    let result = try merge.merge(texts, into: kept)
    let origin = PulledCopy.Origin(change: result.last)
    if result.count == 0, kept != nil { return Part(files: files, origin: origin, isNew: false) }
    return Part(files: [try write(result.text, "merged", pages[0], pull)], origin: origin, isNew: true)
  }

  /// Writes what has been made of a page, under the page's name in a folder of its own.
  private func write(_ text: [UInt8], _ place: String, _ page: SourcePull.Page, _ pull: SourcePull) throws(Failure) -> PulledCopy.File {
    let name = page.file.path.split(separator: "/").last.map(String.init) ?? "data.json"
    let written = try folder.write("\(pull.number)-\(pull.index)-\(place)", name) { write throws(Failure) in
      try ByteString(text).withView { view throws(Failure) in try write(view) }
    }
    return PulledCopy.File(path: written.path, source: pull.index, size: written.size, moment: now)
  }

  /// Whether files have the same bytes, one by one.
  private func areEqual(_ left: [PulledCopy.File], _ right: [PulledCopy.File]) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).allSatisfy { left, right in
      guard left.size == right.size, let one = try? MappedFile(path: folder.path(of: left), name: left.path),
        let other = try? MappedFile(path: folder.path(of: right), name: right.path)
      else { return false }
      return one.bytes.elementsEqual(other.bytes)
    }
  }
}
