import Bytes
import Foundation
import Identifiers
import Mapping
import Problems
import RDF
import Resources
import TestSupport
import Testing

/// The names of the registers that come with the program, in the forms in which people write them.
struct ShippedNameTests {
  private static func register(_ name: String) throws -> Register {
    try RegisterLoader(resources: FileSource(), problems: ProblemList()).load(
      name, metadata: ProgramRun.repository + "/vocabularies/\(name).csv-metadata.json")
  }

  private static let kommuner = Result { try register("kommun") }
  private static let today = CivilDate(year: 2026, month: 11, day: 26) ?? .epoch

  private func resolve(_ text: String, in register: Register) -> (Register.Resolution, String) {
    var key = ByteBuffer()
    let resolution = ByteString(text).withView { register.resolve($0, key: &key, today: Self.today) }
    return (resolution, key.view.text)
  }

  /// The municipalities that there are now, by name.
  private func present() throws -> (register: Register, names: [(key: String, name: String)]) {
    let register = try Self.kommuner.get()
    let names = register.members.filter { $0.validity?.last == nil }.map { ($0.key.text, $0.names[0].text) }
    #expect(names.count == 290)
    return (register, names)
  }

  @Test func everyMunicipalityIsFoundInEveryForm() throws {
    let (register, names) = try present()
    for (key, name) in names {
      let genitive = name.hasSuffix("s") || name.hasSuffix("x") ? name : name + "s"
      for text in [
        key, name, name.uppercased(), name.lowercased(), name + " kommun", genitive + " kommun", genitive + " stad",
        genitive.uppercased() + " KOMMUN",
        "  \(name)\u{A0}", name.decomposedStringWithCanonicalMapping,
      ] {
        let (resolution, found) = resolve(text, in: register)
        #expect(resolution.status == .found && found == key, "\(text)")
      }
    }
  }

  /// One slip anywhere in any name is corrected or doubted, and never taken for another municipality.
  @Test func aSlipIsCorrectedOrDoubted() throws {
    let (register, names) = try present()
    let all = names.map { (key: $0.key, name: $0.name.lowercased()) }
    var counts: [Register.Resolution.Status: Int] = [:]
    var random = SeededGenerator(seed: 1)
    let letters = Array("abcdefghijklmnopqrstuvwxyzåäö")
    for (key, name) in names {
      for (number, at) in name.indices.dropFirst().enumerated() {
        var text = name
        switch number % 3 {
        case 0: text.remove(at: at)
        case 1: text.insert(letters.randomElement(using: &random) ?? "a", at: at)
        default: text.replaceSubrange(at...at, with: String(letters.randomElement(using: &random) ?? "a"))
        }
        let (resolution, found) = resolve(text, in: register)
        counts[resolution.status, default: 0] += 1
        // Only a text that is another's name, dots and punctuation aside, means the other.
        if resolution.status == .found, found != key { #expect(resolution.ground != .slip, "\(text): \(found)") }
        if resolution.ground == .slip {
          let others = all.filter { abs($0.name.count - text.count) < 2 && editDistance($0.name, text.lowercased()) < 2 }
          #expect(Set(others.map(\.key)) == [key], "\(text)")
        }
      }
    }
    let corrected = counts[.found, default: 0]
    let total = counts.values.reduce(0, +)
    #expect(corrected * 100 > total * 90, "\(counts)")
    #expect(counts[.ambiguous, default: 0] > 0)
  }

  @Test func noTwoNamesThatLieNearAreMixedUp() throws {
    let (register, names) = try present()
    var pairs = 0
    for (key, name) in names {
      for (other, second) in names where key < other && editDistance(name.lowercased(), second.lowercased()) == 1 {
        pairs += 1
        #expect(resolve(name, in: register).1 == key)
        #expect(resolve(second, in: register).1 == other)
      }
    }
    #expect(pairs > 1)
  }

  @Test(arguments: [
    ("lan", "Region Skåne", "12"), ("lan", "Skåne", "12"), ("lan", "Region Jönköpings län", "06"), ("lan", "örebro", "18"),
    ("lan", "Region Stockholm", "01"),
    ("lan", "Jamtland", "23"), ("organisation", "Göteborgs stad", "2120001355"), ("organisation", "Region Gotland", "2120000803"),
    ("organisation", "Vasteras stad", "2120002080"), ("organisation", "212000-1967", "2120001967"),
  ])
  func otherRegistersHaveWordsOfTheirOwn(_ name: String, _ text: String, _ key: String) throws {
    let (resolution, found) = resolve(text, in: try Self.register(name))
    #expect(resolution.status == .found)
    #expect(found == key)
  }

  /// A county or a region is no municipality, though one is called so.
  @Test(arguments: ["Örebro län", "Region Stockholm", "Region Skåne", "Kalmar län", "Uppsala universitet"])
  func whatIsAnotherThingIsNoMunicipality(_ text: String) throws {
    #expect(resolve(text, in: try Self.kommuner.get()).0.status == .unknown)
  }

  @Test(arguments: [
    ("kommun", "1583", Register.Resolution.Status.replaced, ["1490"]), ("lan", "15", .merged, ["14"]), ("lan", "11", .merged, ["12"]),
    ("kommun", "Heby", .found, []),
  ])
  func tablesSayHowAKeyEnded(_ name: String, _ text: String, _ status: Register.Resolution.Status, _ successors: [String]) throws {
    let register = try Self.register(name)
    let (resolution, _) = resolve(text, in: register)
    #expect(resolution.status == status)
    if status != .found { #expect(resolution.member.map { register.members[$0].successors.map(\.text) } == successors) }
  }
}
