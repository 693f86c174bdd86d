using System.Text;
using System.Text.Json;
using CsCheck;

namespace Halley.Data.Tests;

public class RecordEncoderTests
{
    static readonly Schema Quote = new([
        new Field
        {
            Name = "age",
            Kind = FieldKind.Number,
            Whole = true,
            Minimum = 18,
            Maximum = 100,
            Unit = "years",
        },
        new Field
        {
            Name = "gas",
            Kind = FieldKind.Category,
            Levels = new(["Diesel", "Regular", "Électrique"]),
        },
        new Field { Name = "new", Kind = FieldKind.Boolean },
        new Field
        {
            Name = "start",
            Kind = FieldKind.Date,
            Role = Role.Date,
            Minimum = new DateOnly(2020, 1, 1).DayNumber,
        },
        new Field
        {
            Name = "years",
            Kind = FieldKind.Exposure,
            Role = Role.Exposure,
        },
        new Field
        {
            Name = "id",
            Kind = FieldKind.Text,
            Role = Role.Id,
        },
    ]);

    const string Good = """
        {"age": 40, "gas": "Diesel", "new": true, "start": "2026-01-31", "years": 0.5, "id": "Q-1"}
        """;

    static readonly RecordEncoder Encoder = new(Quote);

    static IReadOnlyList<FieldProblem> Problems(string json, RecordEncoder? encoder = null) =>
        Problems(Encoding.UTF8.GetBytes(json), encoder);

    static IReadOnlyList<FieldProblem> Problems(byte[] json, RecordEncoder? encoder = null)
    {
        encoder ??= Encoder;
        Assert.False(encoder.TryEncode(json, new double[encoder.SlotCount], out var problems));
        return problems;
    }

    static double[] Encode(string json, RecordEncoder? encoder = null)
    {
        encoder ??= Encoder;
        var slots = new double[encoder.SlotCount];
        Assert.True(encoder.TryEncode(Encoding.UTF8.GetBytes(json), slots, out var problems), string.Join("\n", problems ?? []));
        return slots;
    }

    /// <summary>The good record with one field's value replaced by other JSON.</summary>
    static string With(string field, string value) =>
        string.Join(
            ",",
            JsonDocument
                .Parse(Good)
                .RootElement.EnumerateObject()
                .Select(property => $"\"{property.Name}\":{(property.Name == field ? value : property.Value.GetRawText())}")
        )
            is var inside
            ? $"{{{inside}}}"
            : "";

    [Fact]
    public void A_good_record_becomes_slots()
    {
        var texts = new string?[6];
        var slots = new double[6];

        Assert.True(Encoder.TryEncode(Encoding.UTF8.GetBytes(Good), slots, texts, out _));

        Assert.Equal([40, 0, 1, new DateOnly(2026, 1, 31).DayNumber, 0.5, double.NaN], slots);
        Assert.Equal([null, null, null, null, null, "Q-1"], texts);
    }

    [Theory]
    [InlineData("""{"id":"Q","years":5e-1,"start":"2026-01-31","new":true,"gas":"Diesel","age":4.0e1}""")]
    [InlineData(
        """{"\u0061ge":40,"g\u0061s":"\u0044iesel","new":true,"start":"2026-\u0030\u0031-31","years":0.5,"\u0069d":"\u00e9"}"""
    )]
    public void Order_escapes_and_notation_do_not_matter(string json) => Assert.Equal(Encode(Good), Encode(json));

    [Theory]
    [InlineData("age", "-5", "-5", "is out of range", "a whole number from 18 to 100 (years)", FieldProblemKind.OutOfRange)]
    [InlineData("age", "40.5", "40.5", "is not whole", "a whole number from 18 to 100 (years)", FieldProblemKind.NotWhole)]
    [InlineData(
        "age",
        "\"40\"",
        "40",
        "is text where a number is needed; send it without quotes",
        "a whole number from 18 to 100 (years)",
        FieldProblemKind.NumberAsText
    )]
    [InlineData(
        "age",
        "\"forty\"",
        "forty",
        "is not a number",
        "a whole number from 18 to 100 (years)",
        FieldProblemKind.NotANumber
    )]
    [InlineData(
        "age",
        "NaN",
        "NaN",
        "is not a finite number",
        "a whole number from 18 to 100 (years)",
        FieldProblemKind.NotFinite
    )]
    [InlineData(
        "age",
        "-Infinity",
        "-Infinity",
        "is not a finite number",
        "a whole number from 18 to 100 (years)",
        FieldProblemKind.NotFinite
    )]
    [InlineData(
        "age",
        "\"nan\"",
        "nan",
        "is not a finite number",
        "a whole number from 18 to 100 (years)",
        FieldProblemKind.NotFinite
    )]
    [InlineData(
        "age",
        "1e999",
        "1e999",
        "is not a finite number",
        "a whole number from 18 to 100 (years)",
        FieldProblemKind.NotFinite
    )]
    [InlineData(
        "age",
        "null",
        "null",
        "is null, which stands for a missing value",
        "a whole number from 18 to 100 (years)",
        FieldProblemKind.Missing
    )]
    [InlineData(
        "age",
        "[40]",
        "[…]",
        "is a list where a number is needed",
        "a whole number from 18 to 100 (years)",
        FieldProblemKind.WrongKind
    )]
    [InlineData(
        "age",
        "{\"v\":40}",
        "{…}",
        "is an object where a number is needed",
        "a whole number from 18 to 100 (years)",
        FieldProblemKind.WrongKind
    )]
    [InlineData(
        "age",
        "true",
        "true",
        "is a boolean where a number is needed",
        "a whole number from 18 to 100 (years)",
        FieldProblemKind.WrongKind
    )]
    [InlineData(
        "gas",
        "\"diesel\"",
        "diesel",
        "is not a known level; the nearest is 'Diesel'",
        "one of Diesel, Regular, Électrique",
        FieldProblemKind.UnknownLevel
    )]
    [InlineData(
        "gas",
        "\"Hydrogen\"",
        "Hydrogen",
        "is not a known level",
        "one of Diesel, Regular, Électrique",
        FieldProblemKind.UnknownLevel
    )]
    [InlineData(
        "gas",
        "\"\\ud800\"",
        "\\ud800",
        "is not a known level",
        "one of Diesel, Regular, Électrique",
        FieldProblemKind.UnknownLevel
    )]
    [InlineData(
        "gas",
        "7",
        "7",
        "is a number where text is needed",
        "one of Diesel, Regular, Électrique",
        FieldProblemKind.WrongKind
    )]
    [InlineData("new", "\"true\"", "true", "is text where true or false is needed", "true or false", FieldProblemKind.WrongKind)]
    [InlineData("new", "1", "1", "is a number where true or false is needed", "true or false", FieldProblemKind.WrongKind)]
    [InlineData(
        "start",
        "\"31.01.2026\"",
        "31.01.2026",
        "is not a calendar date in the form YYYY-MM-DD",
        "a date such as 2026-01-31 of at least 2020-01-01",
        FieldProblemKind.BadDate
    )]
    [InlineData(
        "start",
        "\"2026-02-30\"",
        "2026-02-30",
        "is not a calendar date in the form YYYY-MM-DD",
        "a date such as 2026-01-31 of at least 2020-01-01",
        FieldProblemKind.BadDate
    )]
    [InlineData(
        "start",
        "\"2019-12-31\"",
        "2019-12-31",
        "is out of range",
        "a date such as 2026-01-31 of at least 2020-01-01",
        FieldProblemKind.OutOfRange
    )]
    [InlineData(
        "start",
        "20260131",
        "20260131",
        "is a number where a date as text is needed",
        "a date such as 2026-01-31 of at least 2020-01-01",
        FieldProblemKind.WrongKind
    )]
    [InlineData(
        "years",
        "-0.5",
        "-0.5",
        "is negative, which years at risk can't be",
        "years at risk, a number of at least 0",
        FieldProblemKind.NegativeExposure
    )]
    [InlineData("id", "17", "17", "is a number where text is needed", "text", FieldProblemKind.WrongKind)]
    public void A_bad_value_is_named(
        string field,
        string json,
        string value,
        string problem,
        string expected,
        FieldProblemKind kind
    ) => Assert.Equal([new FieldProblem(field, value, problem, expected, kind)], Problems(With(field, json)));

    [Fact]
    public void Missing_extra_and_duplicate_fields_are_named_all_at_once()
    {
        var problems = Problems("""{"age":40,"Gas":"Diesel","age":41,"colour":{"deep":[1]},"new":null,"start":"x","years":1}""");

        Assert.Equal(
            [
                ("Gas", FieldProblemKind.Extra),
                ("age", FieldProblemKind.Duplicate),
                ("colour", FieldProblemKind.Extra),
                ("new", FieldProblemKind.Missing),
                ("start", FieldProblemKind.BadDate),
                ("gas", FieldProblemKind.Missing),
                ("id", FieldProblemKind.Missing),
            ],
            problems.Select(problem => (problem.Field, problem.Kind))
        );
        Assert.Equal(
            "field 'Gas': is not a field of the schema; the nearest is 'gas'; expected only fields of the schema.",
            problems[0].ToString()
        );
        Assert.Equal(
            "field 'age': 41 is a second value: the field appears twice in the record; expected a whole number from 18 to 100 (years).",
            problems[1].ToString()
        );
        Assert.Equal("field 'gas': is not in the record; expected one of Diesel, Regular, Électrique.", problems[5].ToString());
    }

    [Fact]
    public void Extra_fields_may_be_passed_over_by_policy()
    {
        var encoder = new RecordEncoder(Quote, ExtraFields.Ignore);

        Assert.Equal(Encode(Good), Encode(Good.TrimEnd()[..^1] + ",\"x\":{\"a\":[1,{\"b\":2}]},\"y\":null}", encoder));
    }

    [Fact]
    public void Missing_and_unseen_values_follow_the_declared_rules()
    {
        var encoder = new RecordEncoder(
            new([
                Quote.Fields[0] with
                {
                    WhenMissing = ValueRule.Replace("40"),
                },
                Quote.Fields[1] with
                {
                    WhenMissing = ValueRule.Missing,
                    WhenUnseen = ValueRule.Replace("Regular"),
                },
                Quote.Fields[1] with
                {
                    Name = "gas2",
                    WhenUnseen = ValueRule.Missing,
                },
            ])
        );

        Assert.Equal([40, 1, double.NaN], Encode("""{"gas":"Steam","gas2":"Steam"}""", encoder));
        Assert.Equal([40, double.NaN, 0], Encode("""{"age":null,"gas":null,"gas2":"Diesel"}""", encoder));
    }

    [Fact]
    public void Years_at_risk_are_never_missing() =>
        Assert.Equal(
            FieldProblemKind.Missing,
            Problems("""{"years":null}""", new RecordEncoder(new([Quote.Fields[4] with { WhenMissing = ValueRule.Missing }])))[
                0
            ].Kind
        );

    [Theory]
    [InlineData("", "it is not JSON, at line 1, byte 1")]
    [InlineData("{\"age\": 40,\n oops}", "it is not JSON, at line 2, byte 2")]
    [InlineData("{\"age\": NaN, oops}", "it is not JSON")]
    [InlineData("{\"age\":40", "it is not JSON, at line 1, byte 10")]
    [InlineData("{} {}", "it is not JSON, at line 1, byte 4")]
    [InlineData("[1]", "it is a list")]
    [InlineData("\"text\"", "it is text")]
    public void What_is_no_record_is_refused_as_a_whole(string json, string problem)
    {
        var problems = Problems(json);

        Assert.Equal(("", FieldProblemKind.Unreadable), (problems[0].Field, problems[0].Kind));
        Assert.StartsWith(problem, problems[0].Problem);
    }

    [Fact]
    public void Ten_thousand_levels_of_nesting_are_refused_cheaply()
    {
        var deep = "{\"age\":" + new string('[', 10_000) + new string(']', 10_000) + "}";

        Assert.Equal(FieldProblemKind.Unreadable, Problems(deep)[0].Kind);
    }

    [Fact]
    public void A_million_wrong_fields_are_told_as_a_hundred()
    {
        var json = "{" + string.Join(",", Enumerable.Range(0, 1_000_000).Select(i => $"\"f{i}\":1")) + "}";

        Assert.Equal(100, Problems(json).Count);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_in_text_and_level()
    {
        var json = Encoding.UTF8.GetBytes(With("id", "\"#\"").Replace("Diesel", "#"));
        json = [.. json.Select(unit => unit == '#' ? (byte)0xE9 : unit)];

        Assert.Equal(
            [("gas", FieldProblemKind.UnknownLevel), ("id", FieldProblemKind.Unreadable)],
            Problems(json).Select(problem => (problem.Field, problem.Kind))
        );
    }

    [Fact]
    public void A_category_without_levels_can_not_be_encoded() =>
        Assert.Equal(
            "HLY1403: field 'gas' is a category without levels, so a record can't be checked. List its levels in the schema.",
            Assert
                .Throws<HalleyException>(() => new RecordEncoder(new([new Field { Name = "gas", Kind = FieldKind.Category }])))
                .Message
        );

    [Fact]
    public void A_record_inside_a_document_is_encoded_in_place()
    {
        var document = JsonDocument.Parse($$"""{"request_id":"r","inputs":{{Good}}}""");
        var slots = new double[6];

        Assert.True(Encoder.TryEncode(document.RootElement.GetProperty("inputs"), slots, out _));

        Assert.Equal(Encode(Good), slots);
    }

    [Fact]
    public void A_reader_is_left_at_the_end_of_the_record()
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($$"""[{{Good}}, 7]"""));
        reader.Read();
        reader.Read();

        Assert.True(Encoder.TryEncode(ref reader, new double[6], [], out _));

        Assert.Equal(JsonTokenType.EndObject, reader.TokenType);
        reader.Read();
        Assert.Equal(7, reader.GetInt32());
    }

    [Fact]
    public void A_good_record_allocates_nothing()
    {
        var json = Encoding.UTF8.GetBytes(Good);
        var slots = new double[6];
        for (var i = 0; i < 100; i++)
            Encoder.TryEncode(json, slots, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
            Encoder.TryEncode(json, slots, out _);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Slots_come_back_from_their_json_to_the_bit()
    {
        var anySlots =
            from age in Gen.Int[18, 100]
            from gas in Gen.Int[0, 2]
            from yes in Gen.Int[0, 1]
            from day in Gen.Int[new DateOnly(2020, 1, 1).DayNumber, DateOnly.MaxValue.DayNumber]
            from years in Gen.Double[0, 3]
            select new double[] { age, gas, yes, day, years, double.NaN };
        anySlots.Sample(slots =>
        {
            var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream))
                Encoder.Decode(slots, [null, null, null, null, null, "Q\"1"], writer);
            return Encode(Encoding.UTF8.GetString(stream.ToArray())).AsSpan().SequenceEqual(slots);
        });
    }

    [Fact]
    public void A_missing_slot_is_written_as_null()
    {
        var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            Encoder.Decode([double.NaN, 1, 0, double.NaN, 1, double.NaN], writer);

        Assert.Equal(
            """{"age":null,"gas":"Regular","new":false,"start":null,"years":1}""",
            Encoding.UTF8.GetString(stream.ToArray())
        );
    }
}
