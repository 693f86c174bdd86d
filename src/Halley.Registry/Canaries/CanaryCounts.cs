using System.Text.Json;

namespace Halley.Registry;

/// <summary>What the guards need of the decisions of one arm.</summary>
sealed class CanaryCounts(CanaryPlan plan)
{
    readonly double? slow = plan.Guards.FirstOrDefault(guard => guard.Metric == CanaryMetric.Latency)?.Maximum;
    readonly string refer = Of(plan, CanaryMetric.Referrals, "refer");
    readonly string output = Of(plan, CanaryMetric.AveragePremium, "premium");

    internal long Decisions { get; private set; }

    internal long Fallbacks { get; private set; }

    /// <summary>Slower than the guard's maximum.</summary>
    internal long Slow { get; private set; }

    internal long Referrals { get; private set; }

    internal long Unseen { get; private set; }

    /// <summary>Number, mean and sum of squares about it of the watched output (Welford, 1962).</summary>
    internal (long Count, double Mean, double Squares) Output { get; private set; }

    internal void Add(DecisionRecord record, bool isUnseen)
    {
        Decisions++;
        Fallbacks += record.Fallback is null ? 0 : 1;
        Slow += record.LatencyMicroseconds > 1000 * slow ? 1 : 0;
        Unseen += isUnseen ? 1 : 0;
        Referrals += IsReferral(record.Outputs.Span) ? 1 : 0;
        var value = ValueData.Number(record.Outputs.Span, output);
        if (!double.IsFinite(value))
            return;
        var (count, mean, squares) = Output;
        var step = value - mean;
        mean += step / ++count;
        Output = (count, mean, squares + step * (value - mean));
    }

    bool IsReferral(ReadOnlySpan<byte> outputs)
    {
        var reader = new Utf8JsonReader(outputs);
        if (outputs.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isAction = reader.ValueTextEquals("action"u8);
            reader.Read();
            if (isAction)
                return reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(refer);
            reader.Skip();
        }
        return false;
    }

    static string Of(CanaryPlan plan, CanaryMetric metric, string otherwise) =>
        plan.Guards.FirstOrDefault(guard => guard.Metric == metric)?.Of ?? otherwise;
}
