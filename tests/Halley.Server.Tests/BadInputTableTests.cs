namespace Halley.Server.Tests;

/// <summary>The ten bad inputs that other serving stacks were measured with, at the decisions and at the plain scores.</summary>
public sealed class BadInputTableTests(BadInputTests.Running running) : IClassFixture<BadInputTests.Running>
{
    /// <summary>What is bad, the age and region as JSON (null where left out), more fields; the field, value and reason that are told.</summary>
    public static TheoryData<string, string?, string, string, string, string?, string> Fields { get; } =
        new()
        {
            { "missing field", null, "\"north\"", "", "age", null, "is not in the record" },
            { "wrong type", "\"forty\"", "\"north\"", "", "age", "forty", "is not a number" },
            { "number as text", "\"40\"", "\"north\"", "", "age", "40", "is text where a number is needed" },
            { "NaN", "NaN", "\"north\"", "", "age", "NaN", "is not a finite number" },
            { "null", "null", "\"north\"", "", "age", "null", "is null, which stands for a missing value" },
            { "negative", "-5", "\"north\"", "", "age", "-5", "is out of range" },
            { "unknown level", "40", "\"mars\"", "", "region", "mars", "is not a known level" },
            { "extra field", "40", "\"north\"", "agee", "agee", null, "is not a field of the schema" },
        };

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_bad_field_is_400_with_field_value_reason_and_id(
        string what,
        string? age,
        string region,
        string extra,
        string field,
        string? value,
        string reason
    )
    {
        var decision = await running.Desk.PostAsync("/v1/decisions/quote", DecisionOf(age, region, extra));
        AssertTold(decision.Bad(400, "HLY6004"), what, field, value, reason);
        Assert.Equal("application/problem+json", decision.ContentType);

        var score = await running.Desk.PostAsync("/v2/models/count/infer", TensorsOf(age, region, extra));
        Assert.Equal((400, "HLY6004", "application/json"), (score.Status, score["code"], score.ContentType));
        AssertTold(score, what, field, value, reason);
        Assert.Contains(reason, score["error"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/decisions/quote")]
    [InlineData("/v2/models/count/infer")]
    public async Task What_is_not_JSON_is_400_with_its_place_and_an_id(string address)
    {
        var reply = await running.Desk.PostAsync(address, "{\"inputs\": age=40}");
        Assert.Equal((400, "HLY6004"), (reply.Status, reply["code"]));
        AssertTold(reply, "not JSON", "", null, "not JSON of at most 32 levels (line 1, byte 12)");
    }

    [Theory]
    [InlineData("/v1/decisions/quote")]
    [InlineData("/v2/models/count/infer")]
    public async Task Ten_megabytes_are_413_with_the_limit_and_an_id_and_the_next_request_is_served(string address)
    {
        var reply = await running.Desk.PostAsync(address, "{\"inputs\":\"" + new string('x', 10_000_000) + "\"}");
        Assert.Equal((413, "HLY6003"), (reply.Status, reply["code"]));
        Assert.Contains("1048576 bytes", reply.Text, StringComparison.Ordinal);
        AssertHasId(reply);
        var good = address.StartsWith("/v2", StringComparison.Ordinal)
            ? TensorsOf("40", "\"north\"", "")
            : DecisionOf("40", "\"north\"", "");
        (await running.Desk.PostAsync(address, good)).Good();
    }

    static void AssertTold(Reply reply, string what, string field, string? value, string reason)
    {
        AssertHasId(reply);
        var error = Assert.Single(reply.Json["errors"]!.AsArray())!;
        Assert.Equal((field, value), ((string)error["field"]!, (string?)error["value"]));
        Assert.True(((string)error["problem"]!).StartsWith(reason, StringComparison.Ordinal), $"{what}: {error["problem"]}");
        Assert.NotEqual("", (string)error["expected"]!);
    }

    static void AssertHasId(Reply reply)
    {
        Assert.True(Guid.TryParse(reply.RequestId, out _), "no id of the request");
        Assert.Equal(reply.RequestId, reply["request_id"]);
    }

    static string DecisionOf(string? age, string region, string extra)
    {
        var sent = (age is null ? "" : $"\"age\":{age},") + $"\"region\":{region}" + (extra.Length > 0 ? $",\"{extra}\":40" : "");
        return $$"""{"unit_id":"u","purpose":"test","inputs":{ {{sent}},"value":12000,"licence":true} }""";
    }

    static string TensorsOf(string? age, string region, string extra)
    {
        static string Tensor(string name, string datatype, string value) =>
            $$"""{"name":"{{name}}","shape":[1],"datatype":"{{datatype}}","data":[{{value}}]}""";
        var tensors = new List<string> { Tensor("region", "BYTES", region) };
        if (age is not null)
            tensors.Add(Tensor("age", "INT64", age));
        if (extra.Length > 0)
            tensors.Add(Tensor(extra, "INT64", "40"));
        return $"{{\"inputs\":[{string.Join(',', tensors)}]}}";
    }
}
