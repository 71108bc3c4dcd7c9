import Foundation
import TestSupport
import Testing

/// The examples that are made up follow the documented schemas of what they stand in for.
struct SampleSchemaTests {
  /// Open Meal 3.4, as its OpenAPI document has it: nothing but these properties, of which some are required and the others may be null.
  private static let openMeal = """
    {"$defs": {
      "Text": {"type": ["string", "null"]}, "Number": {"type": ["number", "null"]},
      "Code": {"type": "object", "additionalProperties": false, "properties": {"code": {"$ref": "Text"}, "type": {"$ref": "Text"}}},
      "Codes": {"type": "array", "items": {"$ref": "Code"}},
      "Named": {"type": "object", "additionalProperties": false, "required": ["codes"],
        "properties": {"name": {"$ref": "Text"}, "codes": {"$ref": "Codes"}}},
      "Nutrient": {"type": "object", "additionalProperties": false, "required": ["codes"],
        "properties": {"name": {"$ref": "Text"}, "amount": {"$ref": "Number"}, "unit": {"$ref": "Text"}, "codes": {"$ref": "Codes"}}},
      "Price": {"type": "object", "additionalProperties": false, "required": ["name", "value"],
        "properties": {"name": {"type": "string"}, "value": {"type": "number"}, "currency": {"$ref": "Text"}}},
      "Media": {"type": "object", "additionalProperties": false, "properties": {"src": {"$ref": "Text"}, "mimeType": {"$ref": "Text"}}},
      "Course": {"type": "object", "additionalProperties": false,
        "required": ["ingredients", "media", "knownAllergens", "tags", "nutrients", "prices"],
        "properties": {"id": {"$ref": "Text"}, "name": {"$ref": "Text"}, "description": {"$ref": "Text"}, "optionName": {"$ref": "Text"},
          "order": {"type": "integer"}, "labelOfContents": {"$ref": "Text"}, "ingredients": {"type": "array", "items": {"$ref": "Named"}},
          "media": {"type": "array", "items": {"$ref": "Media"}}, "knownAllergens": {"type": "array", "items": {"$ref": "Named"}},
          "tags": {"type": "array", "items": {"$ref": "Named"}}, "nutrients": {"type": "array", "items": {"$ref": "Nutrient"}},
          "prices": {"type": "array", "items": {"$ref": "Price"}}, "co2Equivalents": {"$ref": "Number"}}},
      "Meal": {"type": "object", "additionalProperties": false, "required": ["distributor", "courses"],
        "properties": {"name": {"$ref": "Text"}, "date": {"type": "string", "pattern": "^\\\\d{4}-\\\\d\\\\d-\\\\d\\\\d(T\\\\d\\\\d:\\\\d\\\\d:\\\\d\\\\d[+-]\\\\d\\\\d:\\\\d\\\\d)?$"},
          "lang": {"$ref": "Text"}, "description": {"$ref": "Text"}, "order": {"type": "integer"}, "distributor": {"$ref": "Summary"},
          "courses": {"type": "array", "items": {"$ref": "Course"}}}},
      "Summary": {"type": "object", "additionalProperties": false,
        "properties": {"id": {"type": "string"}, "name": {"$ref": "Text"}, "organization": {"$ref": "Text"}}},
      "Position": {"type": "object", "additionalProperties": false, "required": ["coordinates"],
        "properties": {"coordinateSystem": {"$ref": "Text"}, "coordinates": {"type": "array", "minItems": 2, "items": {"type": "number"}}}},
      "Location": {"type": "object", "additionalProperties": false, "required": ["geoPositionRepresentations"],
        "properties": {"name": {"$ref": "Text"}, "geoPositionRepresentations": {"type": "array", "items": {"$ref": "Position"}}}},
      "Address": {"type": "object", "additionalProperties": false,
        "properties": {"streetAddress": {"$ref": "Text"}, "postalCode": {"$ref": "Text"}, "addressLocality": {"$ref": "Text"},
          "addressRegion": {"$ref": "Text"}, "addressCountry": {"$ref": "Text"}}},
      "Distributor": {"type": "object", "additionalProperties": false, "required": ["address", "locations"],
        "properties": {"id": {"type": "string"}, "name": {"$ref": "Text"}, "organization": {"$ref": "Text"}, "lang": {"$ref": "Text"},
          "type": {"type": "string", "enum": ["0", "1", "2", "3", "4", "5"]}, "address": {"$ref": "Address"},
          "locations": {"type": "array", "items": {"$ref": "Location"}}, "url": {"$ref": "Text"}, "email": {"$ref": "Text"},
          "phone": {"$ref": "Text"}, "iCalendar": {"$ref": "Text"}}}},
     ROOT}
    """

  @Test(arguments: [
    (
      "synthetic-meals.json",
      #""type": "object", "required": ["meals"], "properties": {"meals": {"type": "array", "items": {"$ref": "Meal"}}}"#, []
    ),
    (
      "synthetic-distributors.json",
      #""type": "object", "required": ["distributors"], "properties": {"distributors": {"type": "array", "items": {"$ref": "Distributor"}}}"#,
      []
    ),
    // The form of the specification's own example, which its schema does not allow.
    ("synthetic-distributor.json", #""$ref": "Distributor""#, ["/distributorID is unknown", "/telephone is unknown"]),
  ])
  func openMeal(_ file: String, _ root: String, _ strays: [String]) throws {
    let schema = try SchemaCheck(text: Self.openMeal.replacing("ROOT", with: root))
    let path = ProgramRun.repository + "/mappings/maltidsinformation/examples/" + file
    #expect(try schema.faults(of: String(contentsOfFile: path, encoding: .utf8)).sorted() == strays)
  }

  @Test("what the schema has none of is found out") func strays() throws {
    let schema = try SchemaCheck(text: Self.openMeal.replacing("ROOT", with: #""$ref": "Summary""#))
    #expect(try schema.faults(of: #"{"id": "1", "telephone": "x"}"#) == ["/telephone is unknown"])
    #expect(try schema.faults(of: #"{"id": 1}"#) == ["/id is no string"])
  }
}
