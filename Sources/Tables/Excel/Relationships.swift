import Bytes
import Problems
import XML

/// What a part of a package leads to (Open Packaging Conventions, ECMA-376 part 2, §6.5).
struct Relationship {
  /// The last segment of the type's IRI, such as `worksheet`; transitional and strict types agree in it.
  let kind: String
  /// The name of the part that it leads to; nil where that lies outside the package, or nowhere.
  let target: String?
}

/// Reads the part that holds the relationships of another.
final class RelationshipsPart: XMLPart {
  /// How many bytes such a part may have.
  private static let limit = 16 << 20

  let file: String
  let part: String
  /// The relationships by their identifiers.
  private var found: [ByteString: Relationship] = [:]
  private let folder: [Substring]

  private init(file: String, of owner: String, part: String) {
    folder = Array(owner.split(separator: "/").dropLast())
    self.file = file
    self.part = part
  }

  /// The relationships of the part called `owner`, or of the package itself where that is empty.
  /// - Throws: ``ProblemCode/workbookDamaged``.
  static func read(of owner: String, in package: ZipPackage) throws(Failure) -> [ByteString: Relationship] {
    let segments = owner.split(separator: "/")
    let name = (segments.dropLast() + ["_rels", (segments.last ?? "") + ".rels"]).joined(separator: "/")
    let reader = RelationshipsPart(file: package.name, of: owner, part: name)
    try reader.readAll(try package.open(name, limit: limit))
    return reader.found
  }

  func begin(_ tag: XMLTag) throws(Failure) {
    guard tag.isNamed("Relationship"), let id = tag["Id"], let type = tag["Type"] else { return }
    let isOutside = tag["TargetMode"] == "External"
    let target = isOutside ? nil : tag["Target"].flatMap { path(to: $0.text) }
    found[id] = Relationship(kind: type.text.split(separator: "/").last.map(String.init) ?? "", target: target)
  }

  /// The name of the part that a reference leads to from the owner's folder; nil where it leads out of the package.
  private func path(to reference: String) -> String? {
    if reference.contains(":") || reference.contains("\\") { return nil }
    var segments = reference.hasPrefix("/") ? [] : folder
    for segment in reference.split(separator: "/") where segment != "." {
      if segment != ".." {
        segments.append(segment)
      } else if segments.popLast() == nil {
        return nil
      }
    }
    return segments.joined(separator: "/")
  }
}

/// Reads which media type each part of a package has (part 2, §6.2.3).
final class ContentTypesPart: XMLPart {
  /// The name of the part in every package.
  static let name = "[Content_Types].xml"
  private static let limit = 64 << 20

  let file: String
  let part: String
  private var byName: [String: String] = [:]
  private var byEnding: [String: String] = [:]

  private init(file: String, part: String) {
    self.file = file
    self.part = part
  }

  /// Reads the part.
  /// - Throws: ``ProblemCode/workbookDamaged``.
  static func read(in package: ZipPackage) throws(Failure) -> ContentTypesPart {
    let reader = ContentTypesPart(file: package.name, part: name)
    try reader.readAll(try package.open(name, limit: limit))
    return reader
  }

  /// The media type of a part, in lower case; empty where none is told.
  func type(of part: String) -> String {
    let part = part.lowercased()
    return byName[part] ?? part.split(separator: ".").last.flatMap { byEnding[String($0)] } ?? ""
  }

  func begin(_ tag: XMLTag) throws(Failure) {
    guard let type = tag["ContentType"]?.text.lowercased() else { return }
    if tag.isNamed("Override"), let name = tag["PartName"]?.text.lowercased() {
      byName[String(name.drop { $0 == "/" })] = type
    } else if tag.isNamed("Default"), let ending = tag["Extension"]?.text.lowercased() {
      byEnding[ending] = type
    }
  }
}
