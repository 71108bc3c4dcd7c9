import Bytes
import JSON
import Problems
import RDF
import Resources
import Tables

/// Pulls one source of a dataset: all of its pages, each as a file of the dataset's folder.
struct SourcePull {
  /// After how many pages in a row without anything in them no more is expected, though the last one names a next page: some servers always do.
  static let lastEmpty = 3
  /// How long a page may be that is looked into: what is longer is one whole file.
  private static let longestPage = 64 << 20

  /// A page that has come.
  struct Page {
    var file: PulledCopy.File
    /// The text, where it is JSON and not too long. It is kept only where changes are to be merged: pages may be many.
    var text: [UInt8]?
    var tag: String?
    var date: String?
    /// What is in it, where the text is JSON and not too long.
    var outline: PageOutline?
  }

  let fetcher: any ByteFetcher
  let limits: PullLimits
  let folder: PullFolder
  let rules: PullRules
  let secrets: Secrets
  /// The source as the site's file has it.
  let source: String
  /// Its place among the dataset's sources, from 0.
  let index: Int
  /// The number of the pull.
  let number: Int
  let now: Instant

  /// What people may see of the source.
  var name: String { SourceFiles.publicAddress(of: source) ?? source }

  /// Fetches the pages from the first one on. None have changed where nil comes.
  /// - Parameter known: what is known from the pull before; the number of the last change goes into the request.
  /// - Throws: what fetching throws, and ``ProblemCode/sourcePage`` for what is no data, ``ProblemCode/sourceNext`` for a next page that is not
  ///   followed, ``ProblemCode/jsonSyntax`` for a page that is cut off.
  func pages(after known: PulledCopy.Origin?) throws(Failure) -> [Page]? {
    let table = TableName(source)
    var request = try firstRequest(table.file, known)
    let origin = WebOrigin(request.address)
    var pages: [Page] = []
    var seen: Set<String> = [request.address]
    var lists: Set<String> = []
    var (bytes, empty) = (0, 0)
    while true {
      request.limit = limits.bytes - bytes
      let answer = try fetch(request, isFirst: pages.isEmpty)
      guard let stream = answer.stream else { return nil }
      let page = try keep(stream, answer, sheet: table.sheet, page: pages.count + 1)
      bytes += page.file.size
      if rules.changes != nil, bytes > limits.changes { throw tooManyChanges() }
      empty = try isEmpty(page, after: pages.last, lists) ? empty + 1 : 0
      pages.append(page)
      if rules.changes == nil { pages[pages.count - 1].text = nil }
      for (list, content) in page.outline?.lists ?? [:] where content == .objects { lists.insert(list) }
      let following = answer.isStandIn ? nil : try next(of: page, answer)
      guard empty < Self.lastEmpty, let next = following else {
        // The last page tells the number of the last change, whatever else it has.
        if rules.changes != nil { return pages }
        let bare = pages.reversed().prefix(empty).prefix { $0.outline?.isBare ?? false }.count
        pages.removeLast(min(bare, pages.count - 1))
        pages[pages.count - 1].file.isStopped = following != nil
        return pages
      }
      guard let origin, let place = WebOrigin(next),
        place == origin || place == WebOrigin(answer.address) && place.isUpgrade(of: origin)
      else {
        throw notFollowed(.phrase("next-elsewhere", ["next": SourceFiles.publicAddress(of: next) ?? "…"]))
      }
      if !seen.insert(next).inserted { throw notFollowed(.phrase("next-circle", ["page": "\(pages.count)"])) }
      if pages.count >= limits.pages {
        throw Failure(.limitExceeded, at: Place(file: name), ["what": .phrase("pages"), "limit": "\(limits.pages)"])
      }
      request.address = next
      // Conditions are of the first page alone.
      request.tag = nil
      request.date = nil
    }
  }

  /// Whether a page has nothing in it, so that perhaps no later one has: where changes are asked for, no object in the place of objects.
  private func isEmpty(_ page: Page, after last: Page?, _ lists: Set<String>) throws(Failure) -> Bool {
    if let changes = rules.changes {
      return try page.text.map { text throws(Failure) in try JSONQuestion(text, file: name).hasNothing(at: changes.objects) } ?? false
    }
    return page.outline?.isEmpty(after: last?.outline, lists: lists) ?? false
  }

  private func tooManyChanges() -> Failure {
    let reason = Words.phrase("changes-size", ["limit": "\(limits.changes)"])
    return Failure(.sourceChanges, at: Place(file: name), ["name": .text(name), "reason": reason])
  }

  private func firstRequest(_ address: String, _ known: PulledCopy.Origin?) throws(Failure) -> FetchRequest {
    var used: Set<String> = []
    var places: [String: String] = [:]
    let change = rules.changes.map { known?.change ?? $0.first }
    if let change { places[PullRules.Changes.placeholder] = change }
    // Only what stands behind the path is kept from people's eyes.
    let path = address.prefix { $0 != "?" }.replacing("{\(PullRules.Changes.placeholder)}", with: "")
    if let open = path.firstIndex(of: "{") { throw unfilled(String(path[open...])) }
    var filled = secrets.filled(address, places, used: &used, encode: percentEncoded)
    if let open = filled.firstIndex(of: "{") { throw unfilled(String(filled[open...].prefix { $0 != "&" })) }
    var request = FetchRequest(filled, name: name)
    if let (file, type) = rules.request {
      let text = String(decoding: try FileStream(path: file, name: file).readAll(limit: PullRules.longestRequest), as: UTF8.self)
      request.body = Array(secrets.filled(text, places, used: &used) { type.contains("json") ? jsonText($0) : markupText($0) }.utf8)
      request.contentType = type
    }
    if let change, let parameter = rules.changes?.parameter, !used.contains(PullRules.Changes.placeholder) {
      filled += (filled.contains("?") ? "&" : "?") + percentEncoded(parameter) + "=" + percentEncoded(change)
      request.address = filled
    }
    request.headers = secrets.headers(without: used)
    request.tag = known?.tag
    request.date = known?.date
    return request
  }

  private func unfilled(_ text: String) -> Failure {
    Failure(.secretsInvalid, at: Place(file: name), ["reason": .phrase("secrets-missing", ["name": .text(String(text.prefix(40)))])])
  }

  /// Asks for a page. One in the middle is asked for once more where the connection breaks: there may be thousands before it. A server that wants to
  /// be left alone is.
  private func fetch(_ request: FetchRequest, isFirst: Bool) throws(Failure) -> FetchedAnswer {
    do throws(Failure) {
      return try fetcher.fetch(request)
    } catch {
      if isFirst || error.problem.code != .networkFailed || error.rest != nil { throw error }
      return try fetcher.fetch(request)
    }
  }

  // MARK: - One page

  /// Writes a page into the folder, once it is seen to be data.
  private func keep(_ stream: any ByteStream, _ answer: FetchedAnswer, sheet: String?, page: Int) throws(Failure) -> Page {
    let peeked = PeekStream(stream)
    let beginning = try peeked.peek(1024).drop { $0 <= 0x20 || [0xEF, 0xBB, 0xBF].contains($0) }
    let type = answer.contentType.lowercased()
    if let words = notData(type, beginning) { throw Failure(.sourcePage, at: Place(file: name), words) }
    let isJSON =
      type.contains("json") || (beginning.first == UInt8(ascii: "{") || beginning.first == UInt8(ascii: "[")) && !type.contains("csv")
    var text: [UInt8] = []
    var isLong = false
    let written = try folder.write("\(number)-\(index)-\(page)", fileName(type, isJSON)) { write throws(Failure) in
      let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
      defer { chunk.deallocate() }
      while case let count = try peeked.read(into: chunk), count > 0 {
        let bytes = UnsafeBufferPointer(rebasing: chunk.bindMemory(to: UInt8.self)[..<count])
        isLong = isLong || text.count + count > Self.longestPage
        if isJSON, !isLong { text.append(contentsOf: bytes) }
        try write(ByteView(bytes))
      }
    }
    let isKept = isJSON && !isLong
    let outline = isKept ? try PageOutline(text, file: name) : nil
    let file = PulledCopy.File(path: written.path, source: index, sheet: sheet, size: written.size, moment: now)
    return Page(file: file, text: isKept ? text : nil, tag: answer.tag, date: answer.date, outline: outline)
  }

  /// What to say of a page for people, which servers send in the place of data when a password or a service is amiss.
  private func notData(_ type: String, _ beginning: ArraySlice<UInt8>) -> [String: Words]? {
    let text = String(decoding: beginning, as: UTF8.self)
    let start = text.prefix(20).lowercased()
    guard start.hasPrefix("<!doctype html") || start.hasPrefix("<html") || type.hasPrefix("text/html") && start.hasPrefix("<") else {
      return nil
    }
    // What a server says back of a key is no more told where it is cut than where it is whole.
    let line = secrets.redacted(text).split { $0.isWhitespace }.joined(separator: " ")
    let media = type.prefix { $0 != ";" }
    return ["name": .text(name), "type": .text(media.isEmpty ? "–" : String(media)), "start": .text(String(line.prefix(60)))]
  }

  /// A name that tells the kind of file, and that of the file on the server, which may say what month it is of.
  private func fileName(_ type: String, _ isJSON: Bool) -> String {
    let path = name.split(separator: "/").dropFirst(2).last.map(String.init) ?? ""
    let kept = percentDecoded(path).unicodeScalars.map {
      $0.properties.isAlphabetic || "0123456789._-".unicodeScalars.contains($0) ? $0 : "-"
    }
    var text = String(String.UnicodeScalarView(kept.prefix(60))).drop { $0 == "." }
    if text.isEmpty { text = "data" }
    if TableReader.Kind(name: String(text)) != nil { return String(text) }
    if isJSON { return text + ".json" }
    if type.contains("csv") { return text + ".csv" }
    if type.contains("spreadsheetml") { return text + ".xlsx" }
    return type.contains("xml") ? text + ".xml" : String(text)
  }

  // MARK: - The next page

  private func next(of page: Page, _ answer: FetchedAnswer) throws(Failure) -> String? {
    guard
      let found = try page.text.flatMap({ text throws(Failure) in try next(in: text) })
        ?? answer.link.flatMap({ LinkHeader.target(of: "next", in: $0) })
    else {
      return nil
    }
    let address = BaseIRI(ByteString(answer.address)).resolve(ByteString(found)).text
    return String(address.prefix { $0 != "#" })
  }

  private func next(in text: [UInt8]) throws(Failure) -> String? {
    let paths = rules.next.isEmpty ? PullRules.wellKnown : rules.next + PullRules.wellKnown
    return try JSONQuestion(text, file: name).firstText(of: paths)
  }

  private func notFollowed(_ reason: Words) -> Failure {
    Failure(.sourceNext, at: Place(file: name), ["name": .text(name), "reason": reason])
  }
}

/// A value as it stands between the quotes of a JSON string.
private func jsonText(_ text: String) -> String {
  var out = ByteBuffer()
  ByteString(text).withView { out.append(jsonString: $0) }
  return String(out.view.text.dropFirst().dropLast())
}

/// A value as it stands in XML, between tags as well as in an attribute.
private func markupText(_ text: String) -> String {
  text.map { ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "'": "&#39;"][$0] ?? String($0) }.joined()
}
