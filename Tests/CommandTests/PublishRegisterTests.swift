import Foundation
import Glibc
import TestSupport
import Testing

/// `kommungraf publish` of registers that move, are written anew, or whose keys come back.
struct PublishRegisterTests {
  private let site: PublishedSite

  init() throws {
    site = try PublishedSite(pattern: "id/hus/{nyckel}")
    try site.table("1;A;1;;")
    for key in ["1880-1", "1880-2"] { try site.run("mint", "--register", "forskola", "--key", key, "--label", "Nummer \(key)") }
  }

  private func usePattern(_ pattern: String) throws {
    let path = "registers/forskola.csv-metadata.json"
    let text = try site.folder.text(of: path)
    try site.folder.write(path, text.replacing(/"aboutUrl": "[^"]*"/, with: "\"aboutUrl\": \"\(pattern)\""))
  }

  /// A pattern of one's own that is changed takes all identifiers along, wherever they begin.
  @Test(arguments: ["id/forskola/{nyckel}", "https://id.example.se/forskola/{nyckel}"])
  func aPatternThatIsWrittenAnewIsTheLossOfAll(_ pattern: String) throws {
    try usePattern(pattern)
    #expect(try site.publish().status == 0)
    try usePattern("https://id.example.se/barn/{nyckel}")
    let run = try site.publish()
    #expect(run.status == 1)
    let told = run.errorLines.filter { $0.contains("[identifier-vanished]") }
    #expect(told.count == 2 && told[0].contains("\(pattern) of the register forskola; a register is moved by"), "\(run.errors)")
  }

  /// The server leads on from the old identifiers, so nothing is lost but what the move leaves behind.
  @Test(arguments: ["id/forskola/{nyckel}", "https://id.example.se/forskola/{nyckel}"])
  func aRegisterThatMovesLosesNothing(_ pattern: String) throws {
    try usePattern(pattern)
    #expect(try site.publish().status == 0)
    try site.folder.writeSite(
      datasets: ["{name: hus, mapping: hus, source: hus.csv}"], more: "registers: {forskola: \"https://agare.example/forskola/{nyckel}\"}")
    let run = try site.publish()
    #expect(run.status == 0, "\(run.errors)")
    #expect(try site.folder.text(of: "release/registers/forskola.nq").contains("<https://agare.example/forskola/1880-2>"))
  }

  @Test func anEndedKeyThatIsCalledSomethingElseIsTold() throws {
    try site.run("mint", "retire", "--register", "forskola", "--key", "1880-1", "--reason", "x", "--date", "2026-07-01")
    try site.folder.write("registers/forskola.csv", "nyckel,namn\n1880-1,Nummer 1880-1\n1880-2,Nytt namn\n")
    #expect(try !site.publish().errors.contains("[identifier-renamed]"))
    try site.folder.write("registers/forskola.csv", "nyckel,namn\n1880-1,En helt annan\n")
    let run = try site.publish()
    #expect(
      run.errorLines.contains {
        $0.contains("forskola.ledger:4: warning: «1880-1» in the register forskola has ended as «Nummer 1880-1»")
          && $0.contains("«En helt annan»")
      }, "\(run.errors)")
  }

  @Test(.enabled(if: getuid() != 0, "whoever may do everything may list everything"))
  func aReleaseThatCantBeListedIsNotReplaced() throws {
    #expect(try site.publish().status == 0)
    chmod(site.folder.file("release"), 0o311)
    defer { chmod(site.folder.file("release"), 0o755) }
    let run = try site.publish()
    #expect(run.status == 65 && run.errors.contains("[input-unreadable]"), "\(run.errors)")
  }
}
