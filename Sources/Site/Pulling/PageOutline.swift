import Bytes
import JSON

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

  /// Reads a page that is known to be JSON to its end.
  init(_ text: [UInt8]) {
    ByteString(text).withView { read($0) }
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

  private mutating func read(_ view: ByteView) {
    var scanner = JSONScanner(view, file: "")
    var (depth, name, isRootList) = (0, "", false)
    var list: String?
    while let token = try? scanner.next(), token != .end {
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
