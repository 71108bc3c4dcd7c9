import ArgumentParser
import Bytes
import Mapping
import Problems
import Resources
import Site

/// `kommungraf mapping`: the mappings that there are.
struct MappingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mapping", abstract: "Show the mappings that there are, or propose one for a file.",
    subcommands: [List.self, Show.self, NewMappingCommand.self])

  /// `mapping list`: a line each.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the mappings, a line each: name and title.")
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let library = Library.standard()
      let problems = ProblemList()
      let names = library.mappingNames
      let width = names.map(\.count).max() ?? 0
      do throws(Failure) {
        var out = ByteBuffer()
        for name in names {
          let specification = try Specification(folder: try library.mapping(name), resources: global.source, problems: problems)
          out.append(line: name + String(repeating: " ", count: width - name.count + 2) + specification.title[global.language])
        }
        try DescriptorOutput().write(out.view)
      } catch {
        throw global.console.fail(error, after: problems)
      }
      global.console.show(problems)
    }
  }

  /// `mapping show NAME`: what it is, its variants and its files.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show what a mapping is and which variants it has.")
    @OptionGroup var global: GlobalOptions
    @Argument(help: ArgumentHelp("The name of the mapping.", valueName: "NAME"))
    var name: String

    func run() throws {
      let problems = ProblemList()
      do throws(Failure) {
        var out = ByteBuffer()
        let specification = try Specification(folder: try Library.standard().mapping(name), resources: global.source, problems: problems)
        out.append(line: specification.title[global.language])
        if let description = specification.description { out.append(line: description[global.language]) }
        for iri in specification.conformsTo { out.append(line: "conformsTo  \(iri)") }
        let choice = try VariantChoice(
          specification, words: HeaderWords(), resources: global.source, problems: problems)
        for variant in specification.variants {
          out.append(line: "variant     \(variant.name)  (\(variant.kinds.joined(separator: ", ")))  \(variant.path)")
          if variant.isTriples {
            let mapping = try RMLReader.read(
              try global.source.open(variant.path), file: variant.path, base: fileIRI(variant.path), problems: problems)
            for source in mapping.sources {
              out.append(line: "            " + [source.name, source.iterator].compactMap { $0 }.joined(separator: "  "))
            }
          } else {
            out.append(line: "            " + (try choice.named(variant.name)).requiredTitles.joined(separator: ", "))
          }
        }
        try DescriptorOutput().write(out.view)
      } catch {
        throw global.console.fail(error, after: problems)
      }
      global.console.show(problems)
    }
  }
}

extension ByteBuffer {
  /// Appends a line of text with its line feed.
  fileprivate mutating func append(line: String) { append(text: line + "\n") }
}
