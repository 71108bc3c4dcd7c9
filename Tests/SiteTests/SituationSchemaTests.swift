import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The made up publications of DATEX II have the elements that the model's general part names, in its order.
struct SituationSchemaTests {
  /// Children in their order: `?` after a name that may be missing, `+` and `*` after one that may be repeated.
  private static let common = [
    "publicationCreator": "country nationalIdentifier", "situationRecord": "", "headerInformation": "confidentiality? informationStatus",
    "validity": "validityStatus validityTimeSpecification?", "validityTimeSpecification": "overallStartTime overallEndTime?",
    "generalPublicComment": "comment", "comment": "values", "values": "value+", "roadInformation": "roadDestination? roadName? roadNumber?",
    "supplementaryPositionalDescription": "roadInformation*",
  ]
  private static let record =
    "situationRecordCreationReference? situationRecordCreationTime situationRecordObservationTime? situationRecordVersionTime "
    + "confidentialityOverride? probabilityOfOccurrence severity? validity impact? cause? generalPublicComment* "
  private static let second = [
    "d2LogicalModel": "exchange payloadPublication?", "exchange": "supplierIdentification",
    "supplierIdentification": "country nationalIdentifier",
    "payloadPublication": "publicationTime publicationCreator situation*",
    "situation": "overallSeverity? headerInformation situationRecord+",
    "situationRecord": record + "groupOfLocations constructionWorkType? roadMaintenanceType*",
    "groupOfLocations": "locationForDisplay? supplementaryPositionalDescription?", "locationForDisplay": "latitude longitude",
  ]
  private static let third = [
    "messageContainer": "payload+", "payload": "publicationTime publicationCreator situation*",
    "situation": "overallSeverity? situationVersionTime? headerInformation situationRecord+",
    "situationRecord": record + "locationReference? constructionWorkType? roadMaintenanceType*",
    "locationReference": "supplementaryPositionalDescription? pointByCoordinates?", "pointByCoordinates": "pointCoordinates",
    "pointCoordinates": "latitude longitude",
  ]
  private static let attributes = ["situationRecord": ["id", "version", "xsi:type"], "situation": ["id"], "value": ["lang"]]

  @Test(arguments: [("synthetic-datex2.xml", true), ("synthetic-datex3.xml", false)])
  func isAsTheModelSays(_ file: String, _ isSecond: Bool) throws {
    let path = ProgramRun.repository + "/mappings/vagarbeten/examples/" + file
    let document = try XMLDocument(contentsOf: URL(fileURLWithPath: path))
    let rules = Self.common.merging(isSecond ? Self.second : Self.third) { $1 }
    let root = try #require(document.rootElement())
    #expect(Self.faults(root, rules, "") == [])
    #expect(root.text(of: "modelBaseVersion") == (isSecond ? "2" : "3"))
  }

  private static func faults(_ element: XMLElement, _ rules: [String: String], _ path: String) -> [String] {
    let name = element.localName ?? ""
    let path = path + "/" + name
    let children = (element.children ?? []).compactMap { $0 as? XMLElement }
    var found = (attributes[name] ?? []).filter { element.text(of: $0) == nil }.map { "\(path): \($0) is missing" }
    found += sequence(children.map { $0.localName ?? "" }, rules[name] ?? "", path)
    if name.hasSuffix("Time"), element.stringValue?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d/) == nil {
      found.append("\(path) is no time")
    }
    return found + children.flatMap { faults($0, rules, path) }
  }

  private static func sequence(_ names: [String], _ rule: String, _ path: String) -> [String] {
    var rest = names[...]
    var found: [String] = []
    for part in rule.split(separator: " ") {
      let mark = part.last.flatMap { "?+*".contains($0) ? $0 : nil }
      let wanted = mark == nil ? part : part.dropLast()
      if rest.first == String(wanted) {
        rest = mark == "+" || mark == "*" ? rest.drop { $0 == wanted } : rest.dropFirst()
      } else if mark == nil || mark == "+" {
        found.append("\(path)/\(wanted) is missing")
      }
    }
    return found + rest.map { "\(path)/\($0) may not stand here" }
  }
}

extension XMLElement {
  /// The value of an attribute, whatever namespace the element has.
  fileprivate func text(of name: String) -> String? { attributes?.first { $0.name == name }?.stringValue }
}
