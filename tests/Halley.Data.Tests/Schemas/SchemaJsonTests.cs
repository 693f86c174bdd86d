using System.Text.Json;
using CsCheck;

namespace Halley.Data.Tests;

public class SchemaJsonTests
{
    static readonly Schema Full = new([
        new Field
        {
            Name = "DrivAge",
            Kind = FieldKind.Number,
            Unit = "years",
            Description = "age of the driver",
            Whole = true,
            Minimum = 18,
            Maximum = 100,
            WhenMissing = ValueRule.Replace("40"),
        },
        new Field
        {
            Name = "Area",
            Kind = FieldKind.Category,
            Levels = new(["B", "A", ""]),
            WhenMissing = ValueRule.Missing,
            WhenUnseen = ValueRule.Replace("A"),
        },
        new Field
        {
            Name = "Start",
            Kind = FieldKind.Date,
            Role = Role.Date,
            Minimum = new DateOnly(2020, 1, 1).DayNumber,
        },
        new Field
        {
            Name = "Exposure",
            Kind = FieldKind.Exposure,
            Role = Role.Exposure,
            Minimum = 0,
        },
        new Field
        {
            Name = "New",
            Kind = FieldKind.Boolean,
            WhenMissing = ValueRule.Replace("false"),
        },
    ]);

    [Fact]
    public void The_text_is_what_a_person_edits() =>
        Assert.StartsWith(
            """
            {
              "fields": [
                {
                  "name": "DrivAge",
                  "kind": "number",
                  "role": "feature",
                  "unit": "years",
                  "description": "age of the driver",
                  "whole": true,
                  "minimum": 18,
                  "maximum": 100,
                  "whenMissing": {
                    "replace": 40
                  }
                },
                {
                  "name": "Area",
                  "kind": "category",
                  "role": "feature",
                  "levels": [
                    "B",
                    "A",
                    ""
                  ],
                  "whenMissing": "missing",
                  "whenUnseen": {
                    "replace": "A"
                  }
                },
                {
                  "name": "Start",
                  "kind": "date",
                  "role": "date",
                  "minimum": "2020-01-01"
                },
            """.ReplaceLineEndings("\n"),
            SchemaJson.ToText(Full)
        );

    [Fact]
    public void A_schema_comes_back_equal()
    {
        var back = SchemaJson.Read(SchemaJson.ToText(Full), "book.json");

        Assert.Equal(SchemaJson.ToText(Full), SchemaJson.ToText(back));
        Assert.Equal(Full.Fingerprint, back.Fingerprint);
        Assert.Equal(["B", "A", ""], back.Find("Area")!.Levels!.Levels);
        Assert.Equal(Full.Fields[0], back.Fields[0]);
    }

    [Fact]
    public void Any_schema_comes_back_equal()
    {
        var anyField =
            from kind in Gen.Int[0, 4].Select(i => (FieldKind)i)
            from role in Gen.Int[0, 4].Select(i => new[] { Role.Feature, Role.Target, Role.Weight, Role.Id, Role.Ignore }[i])
            from unit in Gen.String.Null()
            from levels in Gen.String[0, 5].ArrayUnique[1, 4]
            from low in Gen.Double[-1e9, 1e9]
            from width in Gen.Double[0, 1e9]
            from missing in Gen.Bool
            select new Field
            {
                Name = "",
                Kind = kind,
                Role = role,
                Unit = unit,
                Levels = kind == FieldKind.Category ? new(levels) : null,
                Minimum = kind == FieldKind.Number ? low : null,
                Maximum = kind == FieldKind.Number ? low + width : null,
                WhenMissing = missing ? ValueRule.Missing : ValueRule.Reject,
                WhenUnseen = kind == FieldKind.Category ? ValueRule.Replace(levels[0]) : ValueRule.Reject,
            };
        anyField
            .Array[0, 5]
            .Select(fields => new Schema(fields.Select((field, i) => field with { Name = $"f{i}" })))
            .Sample(schema => SchemaJson.Read(SchemaJson.ToText(schema), "s").Fingerprint == schema.Fingerprint);
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        var schema = SchemaJson.Read("""{"fields":[{"kind":"exposure","name":"e"},{"name":"x","kind":"number"}]}""", "s.json");

        Assert.Equal((Role.Exposure, Role.Feature), (schema.Fields[0].Role, schema.Fields[1].Role));
        Assert.Equal(ValueRule.Reject, schema.Fields[1].WhenMissing);
    }

    [Theory]
    [InlineData("[]", "line 1: a schema is an object {\"fields\": [ … ]}.")]
    [InlineData("{}", "line 1: a schema needs 'fields', a list of fields.")]
    [InlineData("{\n\"field\": []}", "line 2: 'field' is not a property of a schema, which has only 'fields'. Remove it.")]
    [InlineData(
        "{\"fields\":[\n\n{\"name\":\"a\"}]}",
        "line 3: field 'a' needs a 'kind'. There are: number, category, boolean, date, text, exposure."
    )]
    [InlineData("{\"fields\":[{\"kind\":\"number\"}]}", "line 1: a field needs a 'name'.")]
    [InlineData("{\"fields\":[{\"name\":\"a\",\n\"kind\":\"float\"}]}", "line 2: 'float' is not a kind. There are: number,")]
    [InlineData(
        "{\"fields\":[{\"name\":\"a\",\n\"minimun\":1}]}",
        "line 2: 'minimun' is not a property of a field. There are: name, kind,"
    )]
    [InlineData(
        "{\"fields\":[{\"name\":\"a\",\"kind\":\"number\",\"minimum\":2,\"maximum\":1}]}",
        "line 1: field 'a': minimum 2 is above maximum 1. Swap them."
    )]
    [InlineData(
        "{\"fields\":[{\"name\":\"a\",\"kind\":\"date\",\"minimum\":2}]}",
        "line 1: field 'a': bounds of a date are dates"
    )]
    [InlineData(
        "{\"fields\":[{\"name\":\"a\",\"kind\":\"text\",\"levels\":[\"x\"]}]}",
        "line 1: field 'a': levels are for a category, and this is a text."
    )]
    [InlineData(
        "{\"fields\":[{\"name\":\"a\",\"kind\":\"category\",\"levels\":[\"x\",\n\"x\"]}]}",
        "line 2: level 'x' appears twice. Remove one of them."
    )]
    [InlineData(
        "{\"fields\":[{\"name\":\"a\",\"kind\":\"category\",\"levels\":[\"x\"],\"whenUnseen\":{\"replace\":\"y\"}}]}",
        "line 1: field 'a': 'y' can't stand for unseen values. Give one of x, or choose reject or missing."
    )]
    [InlineData(
        "{\"fields\":[{\"name\":\"a\",\"kind\":\"number\",\"whenMissing\":\"drop\"}]}",
        "line 1: 'whenMissing' is \"reject\", \"missing\" or {\"replace\": value}."
    )]
    [InlineData(
        "{\"fields\":[{\"name\":\"a\",\"kind\":\"number\",\"role\":\"exposure\"}]}",
        "line 1: field 'a': kind number and role exposure don't go together"
    )]
    [InlineData(
        "{\"fields\":[{\"name\":\"a\",\"kind\":\"text\"},\n{\"name\":\"a\",\"kind\":\"text\"}]}",
        "line 2: two fields are named 'a'. Rename one of them."
    )]
    [InlineData("{\"fields\":[{\"name\":\"a\",\"name\":\"b\"}]}", "line 1: 'name' appears twice in one field.")]
    [InlineData("{\"fields\":[\n{\"name\" \"a\"}]}", "line 2: this is not JSON: ")]
    [InlineData("{\"fields\":[]", "line 1: this is not JSON: ")]
    [InlineData("", "line 1: this is not JSON: ")]
    [InlineData("{\"fields\":[]} x", "line 1: this is not JSON: ")]
    public void A_bad_schema_is_refused_with_line_and_remedy(string json, string message) =>
        Assert.StartsWith(
            "HLY1402: book.json, " + message,
            Assert.Throws<HalleyException>(() => SchemaJson.Read(json, "book.json")).Message
        );

    [Fact]
    public void A_schema_is_read_from_inside_a_document()
    {
        using var document = JsonDocument.Parse($$"""{"inputs": {{SchemaJson.ToText(Full)}}}""");

        Assert.Equal(Full.Fingerprint, SchemaJson.Read(document.RootElement.GetProperty("inputs"), "d").Fingerprint);
    }

    [Fact]
    public void The_fingerprint_changes_with_anything_declared()
    {
        var fields = Full.Fields;
        Schema[] others =
        [
            new([fields[0] with { Maximum = 101 }, .. fields.Skip(1)]),
            new([fields[0], fields[1] with { Levels = new(["A", "B", ""]) }, .. fields.Skip(2)]),
            new([fields[1], fields[0], .. fields.Skip(2)]),
            new(fields.Take(4)),
        ];

        Assert.Equal(5, others.Append(Full).Select(schema => schema.Fingerprint).Distinct().Count());
        Assert.Matches("^[0-9a-f]{64}$", Full.Fingerprint);
    }
}
