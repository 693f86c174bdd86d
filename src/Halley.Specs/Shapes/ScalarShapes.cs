using System.Globalization;
using System.Text.Json.Nodes;
using Halley.Data;

namespace Halley.Specs;

/// <summary>A text, or anything written as one word or number.</summary>
sealed class TextShape : Shape<string>
{
    public override string Expected => "a text";

    public override string? Read(SpecNode node, SpecProblems problems)
    {
        if (node is ScalarNode { IsNull: false } scalar)
            return scalar.Text;
        Refuse(node, Expected, problems);
        return null;
    }

    public override JsonObject ToJsonSchema() => new() { ["type"] = new JsonArray("string", "number", "boolean") };
}

/// <summary>A finite number within bounds.</summary>
sealed class NumberShape(double minimum, double maximum, bool whole) : Shape<double>
{
    public override string Expected
    {
        get
        {
            var kind = whole ? "a whole number" : "a number";
            return (minimum, maximum) switch
            {
                (double.NegativeInfinity, double.PositiveInfinity) => kind,
                (_, double.PositiveInfinity) => string.Create(CultureInfo.InvariantCulture, $"{kind} of at least {minimum}"),
                (double.NegativeInfinity, _) => string.Create(CultureInfo.InvariantCulture, $"{kind} of at most {maximum}"),
                _ => string.Create(CultureInfo.InvariantCulture, $"{kind} from {minimum} to {maximum}"),
            };
        }
    }

    public override double Read(SpecNode node, SpecProblems problems)
    {
        if (
            node is ScalarNode { IsQuoted: false } scalar
            && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value >= minimum
            && value <= maximum
            && double.IsFinite(value)
            && (!whole || value == Math.Floor(value))
        )
            return value;
        Refuse(node, Expected, problems);
        return double.NaN;
    }

    public override JsonObject ToJsonSchema()
    {
        var schema = new JsonObject { ["type"] = whole ? "integer" : "number" };
        if (double.IsFinite(minimum))
            schema["minimum"] = minimum;
        if (double.IsFinite(maximum))
            schema["maximum"] = maximum;
        return schema;
    }
}

/// <summary>true or false.</summary>
sealed class FlagShape : Shape<bool>
{
    public override string Expected => "true or false";

    public override bool Read(SpecNode node, SpecProblems problems)
    {
        if (node is ScalarNode { IsQuoted: false, Text: "true" or "false" } scalar)
            return scalar.Text == "true";
        Refuse(node, Expected, problems);
        return false;
    }

    public override JsonObject ToJsonSchema() => new() { ["type"] = "boolean" };
}

/// <summary>A calendar date, 2026-01-31.</summary>
sealed class DateShape : Shape<DateOnly>
{
    public override string Expected => "a date such as 2026-01-31";

    public override DateOnly Read(SpecNode node, SpecProblems problems)
    {
        if (
            node is ScalarNode scalar
            && DateOnly.TryParseExact(scalar.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        )
            return date;
        Refuse(node, Expected, problems);
        return default;
    }

    public override JsonObject ToJsonSchema() => new() { ["type"] = "string", ["format"] = "date" };
}

/// <summary>One of a few words.</summary>
sealed class ChoiceShape<T>(IReadOnlyList<(string Word, T Value)> choices) : Shape<T>
{
    public override string Expected => "one of " + string.Join(", ", choices.Select(choice => choice.Word));

    public override T? Read(SpecNode node, SpecProblems problems)
    {
        if (node is ScalarNode scalar)
        {
            foreach (var (word, value) in choices)
            {
                if (word == scalar.Text)
                    return value;
            }
            problems.Add(
                node,
                $"'{scalar.Text}' where {Expected} is expected.{NearestText.Hint(scalar.Text, choices.Select(choice => choice.Word))}"
            );
            return default;
        }
        Refuse(node, Expected, problems);
        return default;
    }

    public override JsonObject ToJsonSchema() =>
        new() { ["enum"] = new JsonArray([.. choices.Select(choice => (JsonNode)choice.Word)]) };
}
