using System.Buffers;
using System.Text.Json;
using Halley.Sources.Generation;

namespace Halley.Cli;

/// <summary>One quote or claim of the stream, with what becomes of it under each answer.</summary>
abstract record LiveEvent(string Decision, string UnitId, DateTimeOffset At)
{
    /// <summary>By which the server knows a repeated request.</summary>
    public virtual string RequestId => UnitId;

    /// <summary>The request's body.</summary>
    public byte[] Body()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("request_id", RequestId);
            writer.WriteString("unit_id", UnitId);
            writer.WritePropertyName("inputs");
            WriteInputs(writer);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The record alone, with its id.</summary>
    public abstract void WriteInputs(Utf8JsonWriter writer);

    /// <summary>What becomes of an answer: kind and value of each outcome.</summary>
    public abstract IEnumerable<(string Kind, double Value)> Outcomes(string action, JsonElement outputs);
}

/// <summary>A generated event, whose truth is known.</summary>
abstract record SimulatedEvent(string Decision, string UnitId, DateTimeOffset At) : LiveEvent(Decision, UnitId, At)
{
    /// <summary>What an answer earns on average, by the generator's truth, in EUR.</summary>
    public abstract double TrueValue(string action, JsonElement outputs);

    /// <summary>Writes the stream's own object with the unit's id in front.</summary>
    protected void WriteWithId(Utf8JsonWriter writer, string idField, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var inner = new Utf8JsonWriter(buffer))
            write(inner);
        using var facts = JsonDocument.Parse(buffer.WrittenMemory);
        writer.WriteStartObject();
        writer.WriteString(idField, UnitId);
        foreach (var fact in facts.RootElement.EnumerateObject())
            fact.WriteTo(writer);
        writer.WriteEndObject();
    }
}

/// <summary>A quote: taken or not, by the price.</summary>
sealed record QuoteEvent(LiveQuote Quote, string Prefix)
    : SimulatedEvent("motor-quote", $"{Prefix}{Quote.Number}", new(Quote.At, TimeSpan.Zero))
{
    public override void WriteInputs(Utf8JsonWriter writer) => WriteWithId(writer, "quote_id", Quote.WriteInputs);

    public override IEnumerable<(string Kind, double Value)> Outcomes(string action, JsonElement outputs)
    {
        if (Premium(action, outputs) is not { } premium || !Quote.Converts(premium))
            return [("converted", 0)];
        return [("converted", 1), ("claim_cost", Quote.ActualCost), ("expenses", Expenses(premium))];
    }

    public override double TrueValue(string action, JsonElement outputs) =>
        Premium(action, outputs) is { } premium
            ? Quote.ConversionProbability(premium) * (premium - Quote.ExpectedCost - Expenses(premium))
            : 0;

    /// <summary>Only an accepted quote has a price that the customer meets.</summary>
    static double? Premium(string action, JsonElement outputs) =>
        action == "accept" && outputs.TryGetProperty("premium", out var premium) && premium.ValueKind == JsonValueKind.Number
            ? premium.GetDouble()
            : null;

    // Handling of a policy and commission, as the insurer of the demo books them: the same for every release.
    static double Expenses(double premium) => 60 + 0.08 * premium;
}

/// <summary>A claim: what checking it saves, and costs.</summary>
sealed record ClaimEvent(LiveClaim Claim, string Prefix)
    : SimulatedEvent("claim-triage", $"{Prefix}{Claim.Number}", new(Claim.At, TimeSpan.Zero))
{
    const double InvestigationCost = 420;
    const double HandlingCost = 90;

    double Claimed => Claim.Facts.ClaimedAmount;

    public override void WriteInputs(Utf8JsonWriter writer) => WriteWithId(writer, "claim_id", Claim.WriteInputs);

    public override IEnumerable<(string Kind, double Value)> Outcomes(string action, JsonElement outputs) =>
        action switch
        {
            "investigator" =>
            [
                ("saved", Claim.IsFraud ? 0.6 * Claimed : 0),
                ("handling_cost", InvestigationCost),
                ("fraud_confirmed", Claim.IsFraud ? 1 : 0),
            ],
            "handler" => [("saved", Steering(Claim.IsLarge ? 1 : 0)), ("handling_cost", HandlingCost)],
            _ => [("saved", 0)],
        };

    public override double TrueValue(string action, JsonElement outputs) =>
        action switch
        {
            "investigator" => 0.6 * Claim.FraudProbability * Claimed - InvestigationCost,
            "handler" => Steering(Claim.LargeProbability) - HandlingCost,
            _ => 0,
        };

    double Steering(double large) => large * 2_500 + 0.02 * Claimed;
}
