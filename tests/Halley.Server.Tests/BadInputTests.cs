namespace Halley.Server.Tests;

/// <summary>What other serving stacks price, drop in silence or answer with a bare 500.</summary>
public sealed class BadInputTests(BadInputTests.Running running) : IClassFixture<BadInputTests.Running>
{
    [Theory]
    [InlineData("missing field", """{"region":"north","value":1,"licence":true}""", "age: is not in the record")]
    [InlineData("wrong type", """{"age":"forty","region":"north","value":1,"licence":true}""", "age: is not a number")]
    [InlineData(
        "number as text",
        """{"age":"40","region":"north","value":1,"licence":true}""",
        "age: is text where a number is needed; send it without quotes"
    )]
    [InlineData("NaN", """{"age":NaN,"region":"north","value":1,"licence":true}""", "age: is not a finite number")]
    [InlineData(
        "null",
        """{"age":null,"region":"north","value":1,"licence":true}""",
        "age: is null, which stands for a missing value"
    )]
    [InlineData("negative", """{"age":-5,"region":"north","value":1,"licence":true}""", "age: is out of range")]
    [InlineData("unknown level", """{"age":40,"region":"mars","value":1,"licence":true}""", "region: is not a known level")]
    [InlineData(
        "extra field",
        """{"age":40,"region":"north","value":1,"licence":true,"agee":40}""",
        "agee: is not a field of the schema"
    )]
    public async Task A_bad_field_is_named_with_its_problem_and_what_is_expected(string what, string inputs, string problem)
    {
        var reply = await running.Desk.PostAsync("/v1/decisions/quote", $$"""{"unit_id":"u","inputs":{{inputs}}}""");
        var error = Assert.Single(reply.Bad(400, "HLY6004").Errors);
        Assert.True(error.StartsWith(problem + ";", StringComparison.Ordinal), $"{what}: {error}");
        Assert.Equal("A field of the request is wrong.", reply["title"]);
    }

    [Fact]
    public async Task All_wrong_fields_are_told_at_once_those_around_the_inputs_too()
    {
        var reply = await running.Desk.PostAsync(
            "/v1/decisions/quote",
            """{"explain":"yes","purpos":"live","inputs":{"age":200,"region":"mars","value":-1}}"""
        );
        Assert.Equal(
            ["explain", "purpos", "age", "region", "value", "licence", "unit_id"],
            reply.Bad(400, "HLY6004").Errors.Select(error => error.Split(':')[0])
        );
        Assert.Equal("7 fields of the request are wrong.", reply["title"]);
    }

    [Theory]
    [InlineData("", "not JSON of at most 32 levels (line 1, byte 1)")]
    [InlineData("{\"inputs\":", "not JSON of at most 32 levels (line 1, byte 11)")]
    [InlineData("hello", "not JSON of at most 32 levels (line 1, byte 1)")]
    [InlineData("{\"inputs\":{}} {}", "not JSON of at most 32 levels (line 1, byte 15)")]
    [InlineData("[]", "the body is not an object")]
    public async Task What_is_no_JSON_object_is_refused_with_its_place(string body, string problem)
    {
        var reply = await running.Desk.PostAsync("/v1/decisions/quote", body);
        Assert.StartsWith($": {problem};", Assert.Single(reply.Bad(400, "HLY6004").Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_not_UTF8_is_refused_wherever_it_stands()
    {
        byte[] wrong = [(byte)'"', 0xFF, 0xFE, (byte)'"'];
        byte[][] bodies =
        [
            [.. "{"u8, .. wrong, .. ":1,\"inputs\":{}}"u8],
            [.. "{\"unit_id\":"u8, .. wrong, .. ",\"inputs\":{}}"u8],
            [.. "{\"unit_id\":\"\\ud800\",\"inputs\":{}}"u8],
            [.. "{\"inputs\":{\"quote_id\":"u8, .. wrong, .. "}}"u8],
            [.. "{\"inputs\":{\"quote_id\":\"\\ud800\"}}"u8],
            [.. "{\"unit_id\":\"u\",\"inputs\":{\"region\":"u8, .. wrong, .. "}}"u8],
            [.. "{\"unit_id\":\"u\",\"inputs\":{"u8, .. wrong, .. ":1}}"u8],
        ];
        foreach (var body in bodies)
            (await running.Desk.PostAsync("/v1/decisions/quote", body)).Bad(400, "HLY6004");
    }

    [Theory]
    [InlineData("""{"request_id":"","inputs":{}}""", "request_id: has 0 characters")]
    [InlineData("""{"request_id":7,"inputs":{}}""", "request_id: is not a text")]
    [InlineData("""{"purpose":"fun","inputs":{}}""", "purpose: is no purpose")]
    [InlineData("""{"inputs":{},"inputs":{}}""", "inputs: appears twice")]
    [InlineData("""{"unit_id":"u"}""", "inputs: is missing")]
    public async Task A_wrong_field_around_the_inputs_is_named(string body, string problem)
    {
        var reply = await running.Desk.PostAsync("/v1/decisions/quote", body);
        Assert.StartsWith(problem, reply.Bad(400, "HLY6004").Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_or_method_that_is_not_there_gets_problem_details_with_an_id()
    {
        Assert.Contains("/v1/nothing", (await running.Desk.GetAsync("/v1/nothing")).Bad(404, "HLY6002")["title"]);
        Assert.Contains("GET", (await running.Desk.GetAsync("/v1/outcomes")).Bad(405, "HLY6009")["title"]);
        (await running.Desk.PostAsync("/v1/decisions/nothing", $$"""{"inputs":{{Sample.Record}}}""")).Bad(404, "HLY6001");
        (await running.Desk.GetAsync("/v1/decisions/nothing")).Bad(404, "HLY6001");
        (await running.Desk.GetAsync("/v1/log/nothing")).Bad(404, "HLY6002");
        (await running.Desk.GetAsync($"/v1/log/{Guid.NewGuid()}")).Bad(404, "HLY6002");
    }

    [Fact]
    public async Task Nothing_that_was_refused_was_logged_or_counted()
    {
        await running.Desk.DecideAsync("""{"age":1}""");
        var overview = (await running.Desk.GetAsync("/v1/overview")).Good();
        Assert.Empty(overview["latest"]!.AsArray());
        Assert.Equal(0, (long)overview["traffic"]!["decisions"]!);
    }

    public sealed class Running : IAsyncLifetime
    {
        internal ServerDesk Desk { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Desk = await ServerDesk.StartAsync();

        public ValueTask DisposeAsync() => Desk.DisposeAsync();
    }
}
