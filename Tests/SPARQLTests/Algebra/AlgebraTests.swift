import Testing

@Suite("Translation to the algebra (SPARQL 1.1 §18.2)")
struct AlgebraTests {
  @Test(
    "The examples of §18.2.3, and what they leave open",
    arguments: [
      ("{ ?s ?p ?o }", "(bgp (?s ?p ?o))"),
      ("{ ?s :p1 ?v1 ; :p2 ?v2 }", "(bgp (?s :p1 ?v1) (?s :p2 ?v2))"),
      ("{ { ?s :p1 ?v1 } UNION {?s :p2 ?v2 } }", "(union (bgp (?s :p1 ?v1)) (bgp (?s :p2 ?v2)))"),
      (
        "{ { ?s :p1 ?v1 } UNION {?s :p2 ?v2 } UNION {?s :p3 ?v3 } }",
        "(union (bgp (?s :p1 ?v1)) (bgp (?s :p2 ?v2)) (bgp (?s :p3 ?v3)))"
      ),
      ("{ ?s :p1 ?v1 OPTIONAL {?s :p2 ?v2 } }", "(leftjoin (bgp (?s :p1 ?v1)) (bgp (?s :p2 ?v2)))"),
      ("{ ?s :p1 ?v1 OPTIONAL {?s :p2 ?v2 FILTER(?v1<3) } }", "(leftjoin (bgp (?s :p1 ?v1)) (bgp (?s :p2 ?v2)) (< ?v1 3))"),
      (
        "{ ?s :p1 ?v1 OPTIONAL { { ?s :p2 ?v2 FILTER(?v1<3) } } }",
        "(leftjoin (bgp (?s :p1 ?v1)) (filter (< ?v1 3) (bgp (?s :p2 ?v2))))"
      ),
      (
        "{ {?s :p1 ?v1} UNION {?s :p2 ?v2} OPTIONAL {?s :p3 ?v3} }",
        "(leftjoin (union (bgp (?s :p1 ?v1)) (bgp (?s :p2 ?v2))) (bgp (?s :p3 ?v3)))"
      ),
      ("{ FILTER(?v < 3) ?s :p ?v }", "(filter (< ?v 3) (bgp (?s :p ?v)))"),
      ("{ ?s :p ?v FILTER(?v < 3) ?s :q ?w FILTER(?w) }", "(filter (&& (< ?v 3) ?w) (bgp (?s :p ?v) (?s :q ?w)))"),
      ("{ ?s :p ?v BIND (2*?v AS ?v2) ?s :p1 ?v2 }", "(join (extend (?v2 (* 2 ?v)) (bgp (?s :p ?v))) (bgp (?s :p1 ?v2)))"),
      ("{ ?s :p ?v {} BIND (2*?v AS ?v2) }", "(extend (?v2 (* 2 ?v)) (bgp (?s :p ?v)))"),
      ("{ ?s :p ?v MINUS {?s :p1 ?v2 } }", "(minus (bgp (?s :p ?v)) (bgp (?s :p1 ?v2)))"),
      ("{ ?s :p ?v . { ?s :q ?w } }", "(join (bgp (?s :p ?v)) (bgp (?s :q ?w)))"),
      ("{ OPTIONAL { ?s :p ?v } }", "(leftjoin (unit) (bgp (?s :p ?v)))"),
      ("{ {} {} }", "(unit)"),
      ("{ GRAPH ?g { ?s :p ?v } GRAPH :g {} }", "(join (graph ?g (bgp (?s :p ?v))) (graph :g (unit)))"),
      ("{ VALUES (?a ?b) { (1 UNDEF) } }", "(table (?a ?b) (row 1 undef))"),
      ("{ SERVICE SILENT :s { ?s :p ?v } }", "(service silent :s (bgp (?s :p ?v)))"),
      ("{ ?s :p ?v FILTER NOT EXISTS { ?v :q 1 } }", "(filter (notexists (bgp (?v :q 1))) (bgp (?s :p ?v)))"),
      ("{ FILTER(?a || ?b || ?c && !?d) }", "(filter (|| ?a ?b (&& ?c (! ?d))) (unit))"),
      ("{ FILTER(1 - 2 - 3 * 4 / 5 = -?x) }", "(filter (= (- (- 1 2) (/ (* 3 4) 5)) (- ?x)) (unit))"),
      ("{ FILTER(1 -2 = 1-2) }", "(filter (= (- 1 2) (- 1 2)) (unit))"),
      ("{ FILTER(?x NOT IN (1, :a) && ?y IN ()) }", "(filter (&& (notin ?x 1 :a) (in ?y)) (unit))"),
      ("{ FILTER(if(bound(?x), :f(?x), Coalesce(?y, true))) }", "(filter (if (bound ?x) (:f ?x) (coalesce ?y true)) (unit))"),
    ])
  func patterns(_ text: String, _ expected: String) throws {
    let rendered = try algebra("ASK " + text).replacing("\"", with: "").replacing("^^<http://www.w3.org/2001/XMLSchema#integer", with: "")
      .replacing("^^<http://www.w3.org/2001/XMLSchema#boolean", with: "")
    #expect(rendered == expected)
  }

  @Test(
    "Property paths become triple patterns where they can (§18.2.2.4)",
    arguments: [
      ("?x :p ?y", "(bgp (?x :p ?y))"),
      ("?x ^:p ?y", "(bgp (?y :p ?x))"),
      ("?x :p/:q ?y", "(bgp (?x :p ?.path2) (?.path2 :q ?y))"),
      ("?x ^(:p/^:q) ?y", "(bgp (?y :p ?.path2) (?x :q ?.path2))"),
      ("?x :p|^:q ?y", "(path ?x (alt :p (reverse :q)) ?y)"),
      ("?x (:p+)* ?y", "(path ?x (path* (path+ :p)) ?y)"),
      ("?x :p?/:q ?y", "(join (path ?x (path? :p) ?.path2) (bgp (?.path2 :q ?y)))"),
      ("?x !(:p|^:q|a) ?y", "(path ?x (notoneof :p <http://www.w3.org/1999/02/22-rdf-syntax-ns#type (reverse :q)) ?y)"),
      ("?x !() ?y", "(path ?x (notoneof) ?y)"),
      ("?x :a/:b* :c, :d", "(join (bgp (?x :a ?.path1)) (path ?.path1 (path* :b) :c) (bgp (?x :a ?.path2)) (path ?.path2 (path* :b) :d))"),
    ])
  func paths(_ text: String, _ expected: String) throws {
    #expect(try algebra("ASK { \(text) }") == expected)
  }

  @Test(
    "Modifiers go around the pattern in the order of §18.2.4 and §18.2.5",
    arguments: [
      ("SELECT * { ?s ?p ?o }", "(project (?s ?p ?o) (bgp (?s ?p ?o)))"),
      ("SELECT * { ?s ?p [] MINUS { ?m ?n ?l } }", "(project (?s ?p) (minus (bgp (?s ?p ?.blank2)) (bgp (?m ?n ?l))))"),
      (
        "SELECT DISTINCT ?s (?o AS ?x) { ?s ?p ?o } ORDER BY DESC(?x) ?s LIMIT 5 OFFSET 2",
        "(slice 2 5 (distinct (project (?s ?x) (order (desc ?x) ?s (extend (?x ?o) (bgp (?s ?p ?o)))))))"
      ),
      ("SELECT REDUCED ?s { } OFFSET 3", "(slice 3 _ (reduced (project (?s) (unit))))"),
      ("SELECT ?s { ?s ?p ?o } VALUES ?s { :a }", "(project (?s) (join (bgp (?s ?p ?o)) (table (?s) (row :a))))"),
      (
        "SELECT (SUM(?val) AS ?sum) (COUNT(?a) AS ?count) { ?a :val ?val } GROUP BY ?a",
        "(project (?sum ?count) (extend (?count ?.agg5) (extend (?sum ?.agg4) "
          + "(group (?a) ((?.agg4 (sum ?val)) (?.agg5 (count ?a))) (bgp (?a :val ?val))))))"
      ),
      (
        "SELECT (MAX(?x) AS ?m) (MAX(?x) + 1 AS ?n) { ?s :p ?x }",
        "(project (?m ?n) (extend (?n (+ ?.agg4 \"1\"^^<http://www.w3.org/2001/XMLSchema#integer)) (extend (?m ?.agg4) "
          + "(group () ((?.agg4 (max ?x))) (bgp (?s :p ?x))))))"
      ),
      (
        "SELECT ?k { ?s :p ?x } GROUP BY (STR(?x) AS ?k) HAVING (COUNT(*) < ?s)",
        "(project (?k) (filter (< ?.agg3 ?.agg4) (group (?k) ((?.agg3 (count)) (?.agg4 (sample ?s))) "
          + "(extend (?k (str ?x)) (bgp (?s :p ?x))))))"
      ),
      (
        "SELECT ?s { ?s :p ?x } GROUP BY ?s LCASE(?x) ORDER BY COUNT(DISTINCT ?x)",
        "(project (?s) (order ?.agg3 (group (?s (?.key2 (lcase ?x))) ((?.agg3 (count distinct ?x))) (bgp (?s :p ?x)))))"
      ),
      (
        "SELECT ?s { ?s :p ?x { SELECT ?x { ?y :q ?x } LIMIT 1 } }",
        "(project (?s) (join (bgp (?s :p ?x)) (tomultiset (slice 0 1 (project (?x) (bgp (?y :q ?x)))))))"
      ),
      ("CONSTRUCT { ?s :p [] } { ?s :q 1 } LIMIT 1", "(slice 0 1 (bgp (?s :q \"1\"^^<http://www.w3.org/2001/XMLSchema#integer)))"),
    ])
  func modifiers(_ text: String, _ expected: String) throws { #expect(try algebra(text) == expected) }
}
