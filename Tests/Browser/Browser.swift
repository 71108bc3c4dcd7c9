import Foundation
import TestSupport

/// Chromium without a window, as far as the machine has it. The pages have no scripts, and their policy lets none run.
enum Browser {
  /// Its path, or nil.
  static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
    .first(where: FileManager.default.isExecutableFile)

  /// What a page holds once the browser has read it.
  struct Page {
    /// The document as the browser has it, as HTML.
    let document: String
  }

  /// Opens an address.
  static func open(_ url: String) throws -> Page {
    Page(document: try run(["--dump-dom", url], in: try TemporaryFolder(), width: 1280))
  }

  /// What an address looks like in a window of this width, as PNG.
  static func picture(of url: String, width: Int) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    _ = try run(["--screenshot=\(folder.file("page.png"))", url], in: folder, width: width)
    return try folder.bytes(of: "page.png")
  }

  /// The browser ended otherwise than it should: 137 is after more than two minutes.
  struct DidNotEnd: Error {
    let status: Int32
    let arguments: [String]
  }

  private static func run(_ arguments: [String], in folder: TemporaryFolder, width: Int) throws -> String {
    let options =
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--lang=sv",
        "--user-data-dir=\(folder.file("profile"))", "--window-size=\(width),1600",
      ] + arguments
    let run = try CommandOutput(path ?? "/usr/bin/chromium", options)
    guard run.status == 0 else { throw DidNotEnd(status: run.status, arguments: arguments) }
    return run.text
  }
}

/// A link of a page: where it leads and what it says.
struct Link {
  let href: String
  let text: String
}

extension Browser.Page {
  /// The links of the page, in order.
  var links: [Link] {
    document.components(separatedBy: "<a ").dropFirst().compactMap { part in
      guard let href = part.range(of: "href=\""), let end = part[href.upperBound...].firstIndex(of: "\""),
        let open = part[end...].firstIndex(of: ">"), let close = part.range(of: "</a>", range: open..<part.endIndex)
      else { return nil }
      let text = part[part.index(after: open)..<close.lowerBound].replacing(/<[^>]*>/, with: " ")
      let words = text.split { $0.isWhitespace }.joined(separator: " ")
      return Link(href: part[href.upperBound..<end].replacingOccurrences(of: "&amp;", with: "&"), text: words)
    }
  }

  /// The first heading.
  var heading: String {
    guard let open = document.range(of: "<h1"), let start = document[open.upperBound...].firstIndex(of: ">"),
      let end = document.range(of: "</h1>", range: start..<document.endIndex)
    else { return "" }
    return document[document.index(after: start)..<end.lowerBound].replacing(/<[^>]*>/, with: "").split { $0.isWhitespace }
      .joined(separator: " ")
  }

  /// The language that the page says it is in.
  var language: String {
    document.range(of: "<html lang=\"").map { String(document[$0.upperBound...].prefix { $0 != "\"" }) } ?? ""
  }
}
