import Bytes
import Problems

/// Makes an answer of a failure: a page for people, `application/problem+json` (RFC 9457) for programs.
struct ProblemAnswer {
  private let problem: Problem
  private let status: Int

  /// The answer to a failure.
  /// - Parameter status: the status; nil for the usual one of the problem.
  init(_ failure: Failure, status: Int? = nil) {
    problem = failure.problem
    self.status = status ?? failure.problem.code.httpStatus
  }

  /// The answer to a request.
  func response(to request: WebRequest, _ pages: Pages, _ context: PageContext) -> WebResponse {
    let language = context.language
    var response: WebResponse
    if request.wantsPage {
      let page = pages.problem(status: status, problem.paragraph(in: language), choices: choices(context), context)
      response = WebResponse(status, DocumentForm.html.contentType, text: page)
    } else {
      response = WebResponse(status, "application/problem+json", json(in: language))
    }
    response.set("Content-Language", language.rawValue)
    if status == 503 { response.set("Retry-After", "10") }
    if problem.code == .requestMethod, let choices = problem.arguments["choices"] { response.set("Allow", choices.text(in: .en)) }
    return response
  }

  /// Where the reader may have wanted to go.
  private func choices(_ context: PageContext) -> [(label: String, href: String)] {
    guard problem.code == .requestUnknown, let nearest = problem.arguments["nearest"]?.text(in: context.language) else { return [] }
    // Paths hold no blanks.
    return nearest.split(separator: ", ").map { (String($0), context.link(to: String($0))) }
  }

  private func json(in language: Language) -> [UInt8] {
    var out = ByteBuffer()
    out.append("{\"type\":\"about:blank\",\"title\":")
    out.append(jsonText: Self.title(status))
    out.append(",\"status\":")
    out.append(decimal: status)
    out.append(",\"detail\":")
    let help = Wording.shared.help(of: problem, in: language)
    out.append(jsonText: Wording.shared.message(of: problem, in: language) + (help.isEmpty ? "" : " " + help))
    // The rest is as in reports (contract §2).
    var members = ByteBuffer()
    problem.append(jsonTo: &members, in: language)
    out.append(",")
    out.append(members.view.dropFirst(1))
    out.append("\n")
    return Array(out.view.buffer)
  }

  /// The reason phrase of a status (RFC 9110 §15).
  static func title(_ status: Int) -> String {
    switch status {
    case 400: "Bad Request"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 410: "Gone"
    case 405: "Method Not Allowed"
    case 406: "Not Acceptable"
    case 413: "Content Too Large"
    case 415: "Unsupported Media Type"
    case 501: "Not Implemented"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    default: "Internal Server Error"
    }
  }
}

extension Problem {
  /// The message and what helps, as a paragraph of a page.
  func paragraph(in language: Language) -> String {
    let said = [Wording.shared.message(of: self, in: language), Wording.shared.help(of: self, in: language)]
    let text = said.filter { !$0.isEmpty }.joined(separator: " ")
    return text.prefix(1).uppercased() + text.dropFirst()
  }
}
