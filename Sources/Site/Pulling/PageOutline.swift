import Bytes
import JSON
import Problems

/// What the uppermost level of a page of JSON has, by which it is seen whether anything is in it. Lists within its objects say nothing of that.
struct PageOutline {
  /// The lists: the page itself where it is one, under no name, else the members that are lists.
  private(set) var lists: [String: List] = [:]
  /// The members that are texts, but for addresses, which change from page to page.
  private(set) var texts: [String: String] = [:]
  /// Whether there is anything but lists, addresses and members without value.
  private(set) var hasMore = false

  /// What is in a list.
  enum List { case nothing, values, objects }

  /// Reads a page to its end.
  /// - Parameter file: what problems call it.
  /// - Throws: ``ProblemCode/jsonSyntax`` for a page that is no JSON or is cut off.
  init(_ text: [UInt8], file: String) throws(Failure) {
    try ByteString(text).withView { view throws(Failure) in
      var scanner = JSONScanner(view, file: file)
      try read(&scanner, view)
    }
  }

  /// Whether all lists are empty, of which there is one at least.
  var hasEmptyListsOnly: Bool { !lists.isEmpty && lists.values.allSatisfy { $0 == .nothing } }

  /// Whether nothing stands in it that could be data.
  var isBare: Bool { hasEmptyListsOnly && !hasMore }

  /// Whether it has nothing after some pages: it is bare, or it is like the page before but for a list that is empty by now and held objects.
  func isEmpty(after page: PageOutline?, lists known: Set<String>) -> Bool {
    guard hasEmptyListsOnly else { return false }
    return isBare || lists.keys.contains(where: known.contains) && texts == page?.texts
  }

  private mutating func read(_ scanner: inout JSONScanner, _ view: ByteView) throws(Failure) {
    var (depth, name, isRootList) = (0, "", false)
    var list: String?
    while case let token = try scanner.next(), token != .end {
      // A part of a list of the uppermost level, or of the page that is a list.
      if let list, depth == (isRootList ? 1 : 2) {
        switch token {
        case .beginObject, .beginArray: lists[list] = .objects
        case .endArray, .endObject, .key: break
        default: if lists[list] != .objects { lists[list] = .values }
        }
      } else if depth == 1, !isRootList {
        switch token {
        case .key: name = String(decoding: view.buffer[scanner.content], as: UTF8.self)
        case .beginArray:
          list = name
          lists[name] = .nothing
        case .string:
          let text = String(decoding: view.buffer[scanner.content], as: UTF8.self)
          if !text.contains("/"), !text.hasPrefix("?"), !text.isEmpty {
            texts[name] = text
            hasMore = true
          }
        case .beginObject, .number, .true, .false: hasMore = true
        default: break
        }
      } else if depth == 0, token == .beginArray {
        (isRootList, list) = (true, "")
        lists[""] = .nothing
      }
      switch token {
      case .beginObject, .beginArray: depth += 1
      case .endObject, .endArray:
        depth -= 1
        if depth <= 1, !isRootList { list = nil }
      default: break
      }
    }
  }
}
