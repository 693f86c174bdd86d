using System.Text;
using System.Text.Json;
using Halley.Data;

namespace Halley.Registry.Tests;

public sealed class DecisionRecordJsonTests
{
    /// <summary>Old records were written by the serializer, and are read by it: both must stay the same bytes.</summary>
    [Fact]
    public void A_record_is_written_as_the_serializer_would()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var record = Any(random);
            Assert.Equal(JsonSerializer.Serialize(record, RegistryJson.Default.DecisionRecord), Written(record));
        }
    }

    [Fact]
    public void Parts_that_are_said_to_be_JSON_are_taken_as_they_stand()
    {
        var record = Any(new(1)) with
        {
            RequestKey = null,
            UnitId = "p-1",
            Inputs = "{\"a\": 1}"u8.ToArray(),
            Outputs = "{\"action\":\"accept\"}"u8.ToArray(),
            Steps = "{}"u8.ToArray(),
            Reasons = "[]"u8.ToArray(),
        };
        var (checkedEntry, taken) = (RecordJson.Entry(record), RecordJson.Entry(record with { PartsAreJson = true }));
        Assert.Equal(checkedEntry.Body, taken.Body);
        Assert.Equal(checkedEntry.Personal, taken.Personal);
        var problem = Assert.Throws<HalleyException>(() => RecordJson.Entry(record with { Inputs = "{"u8.ToArray() }));
        Assert.Equal("HLY5402", problem.Code);
    }

    [Fact]
    public void No_two_records_have_one_salt()
    {
        var salts = Enumerable.Range(0, 1000).Select(_ => Convert.ToHexString(Salts.Next())).ToArray();
        Assert.Equal(1000, salts.Distinct().Count());
        Assert.All(salts, salt => Assert.Equal(64, salt.Length));
        // A salt is no part of what was drawn and then forgotten: it is not all zeros.
        Assert.DoesNotContain(new string('0', 64), salts);
    }

    static string Written(DecisionRecord record)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            DecisionRecordJson.Write(record, writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    static DecisionRecord Any(Random random) =>
        new()
        {
            Id = Guid.NewGuid(),
            Time = DateTimeOffset.FromUnixTimeMilliseconds(random.NextInt64(0, 4_000_000_000_000)).AddTicks(random.Next(10_000)),
            Environment = "prödüction",
            Decision = "motor-quote",
            Release = new("motor-quote", 1 + random.Next(99)),
            Revision = random.Next(),
            Arm = (ReleaseRole)random.Next(2),
            Probability = 1 - random.NextDouble(),
            Purpose = (Purpose)random.Next(3),
            RequestKey = random.Next(2) == 0 ? null : "key \"1\" <é>",
            RequestHash = random.Next(2) == 0 ? null : ContentHash.Of("x"u8),
            LatencyMicroseconds = random.Next(5) == 0 ? double.NaN : random.NextDouble() * 1000,
            Fallback = random.Next(2) == 0 ? null : "table: model 'a' gave no number",
            CheckProbability = random.Next(2) == 0 ? null : random.NextDouble(),
            Checked = random.Next(2) == 0,
            Simulated = random.Next(2) == 0,
            AsOf = random.Next(2) == 0 ? null : DateOnly.FromDayNumber(random.Next(1, 3_000_000)),
            Transaction = random.Next(2) == 0 ? null : (Transaction)random.Next(3),
            Original = random.Next(2) == 0 ? null : Guid.NewGuid(),
            Route = random.Next(2) == 0 ? null : "timetable",
            Variant = random.Next(2) == 0 ? null : "excess 300",
            Trace = random.Next(2) == 0 ? null : "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        };
}
