namespace Halley.Decisions.Tests;

public sealed class QuoteTests
{
    const string Driver = """{"quote_id":"q1","age":40,"region":"south","value":10000,"licence":true,"start":"2026-03-01"}""";

    readonly DecisionEngine engine = Sample.Engine(Sample.Quote);

    [Fact]
    public void Steps_run_in_the_order_of_need_whatever_the_order_in_the_file()
    {
        using var answer = engine.Decide(Driver);
        var frequency = Math.Exp(-2 + 0.3);
        var severity = Math.Exp(7 + 0.1 * Math.Log(10000));
        Assert.Equal(frequency * severity, answer.Step("risk"), 1e-9);
        Assert.Equal((frequency * severity + 55) / 0.9, answer.Step("premium"), 1e-9);
        Assert.Equal("accept", answer.Action);
        Assert.False(answer.IsFallback);
        Assert.Equal("q1", answer.UnitId);
    }

    [Fact]
    public void Answer_is_written_with_money_to_its_decimals_and_instalments()
    {
        using var answer = engine.Decide(Driver.Replace("40", "63", StringComparison.Ordinal));
        var premium = answer.Money("premium");
        Assert.Equal(
            $$"""{"decision":"motor-quote","action":"accept","outputs":{"premium":{{premium:F2}},"premium_instalments":[138.03,138.03,138.03],"conversion":{{answer.Output("conversion"):R}},"tier":"[25,65)","until":"2027-03-01","young":false},"currencies":{"premium":"EUR"},"reasons":[]}""",
            answer.Json()
        );
        Assert.Equal(414.09m, premium);
    }

    [Fact]
    public void Floor_and_cap_are_recorded_where_they_bite()
    {
        using var cheap = engine.Decide("""{"age":110,"region":"north","value":0.001,"licence":true}""");
        var floor = Assert.Single(cheap.Limits);
        Assert.Equal(("premium", false, 150.0), (floor.Step, floor.IsCap, floor.Limit));
        Assert.Equal(cheap.Step("premium.unbounded"), floor.Unbounded);
        Assert.Equal(150m, cheap.Money("premium"));
        Assert.Contains(
            """
            "limits":[{"step":"premium","limit":"floor","value":150,
            """.Trim(),
            cheap.Json(),
            StringComparison.Ordinal
        );
        using var usual = engine.Decide(Driver);
        Assert.Empty(usual.Limits);
        Assert.DoesNotContain("limits", usual.Json(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_most_severe_rule_decides_and_every_rule_gives_its_reason()
    {
        using var answer = engine.Decide("""{"age":40,"region":"east","value":90000,"licence":false}""");
        Assert.Equal("decline", answer.Action);
        Assert.Equal(
            ["the driver has no licence", "a car of 90000 EUR is worth more than 80000"],
            answer.Reasons.Select(reason => reason.Sentence)
        );
        Assert.Null(answer.Money("premium"));
        Assert.DoesNotContain("premium", answer.Json(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_cannot_be_checked_asks_for_a_person()
    {
        var rule = new EligibilityRule
        {
            Name = "late_start",
            When = "start > \"2026-12-31\"",
            Action = "decline",
            Reason = "too late",
        };
        using var answer = Sample
            .Engine(Sample.Quote with { Eligibility = [rule] })
            .Decide("""{"age":40,"region":"east","licence":true}""");
        Assert.Equal("refer", answer.Action);
        Assert.Equal(
            "the rule 'late_start' can't be checked: a value that it needs is missing",
            Assert.Single(answer.Reasons).Sentence
        );
    }

    [Fact]
    public void Everything_wrong_with_a_record_is_told_at_once()
    {
        Assert.False(engine.TryDecide("""{"age":"x","region":7,"licence":true,"colour":"red"}"""u8, out _, out var problems));
        Assert.Equal(["age", "region", "colour"], problems.Select(problem => problem.Field));
    }

    [Fact]
    public void Rules_of_the_schema_fill_in_missing_and_unseen_values()
    {
        using var answer = engine.Decide("""{"age":40,"region":"atlantis","licence":true}""");
        using var written = engine.Decide("""{"age":40,"region":"north","licence":true,"value":12000}""");
        Assert.Equal(written.Output("premium"), answer.Output("premium"));
        Assert.True(double.IsNaN(answer.Output("until")));
        Assert.Contains("\"until\":null", answer.Json(), StringComparison.Ordinal);
    }

    [Fact]
    public void Explained_and_plain_answers_hold_the_same_numbers()
    {
        using var answer = engine.Decide(Driver);
        var (plain, explained) = (answer.Json(), answer.Json(AnswerDetail.Explained));
        Assert.StartsWith(plain[..^1], explained, StringComparison.Ordinal);
        foreach (
            var step in new[]
            {
                "premium",
                "premium.unbounded",
                "risk",
                "margin",
                "expenses_of",
                "frequency",
                "frequency.score",
                "conversion",
                "eligibility.no_licence",
            }
        )
            Assert.Contains($"\"{step}\":", explained[plain.Length..], StringComparison.Ordinal);
        Assert.Contains("\"margin\":0.1,", explained, StringComparison.Ordinal);
    }

    [Fact]
    public void A_warm_engine_takes_its_memory_from_the_pool()
    {
        var record = System.Text.Encoding.UTF8.GetBytes(Driver.Replace("\"quote_id\":\"q1\",", "", StringComparison.Ordinal));
        for (var i = 0; i < 10; i++)
            Decide();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Decide();
        Assert.Equal(0, (GC.GetAllocatedBytesForCurrentThread() - before) / 100);

        void Decide()
        {
            engine.TryDecide(record, out var answer, out _);
            if (answer!.Action.Length == 0 || answer.Output("premium") < 0)
                Assert.Fail("no answer");
            answer.Dispose();
        }
    }

    [Fact]
    public void The_record_as_it_was_understood_decides_the_same_again()
    {
        using var answer = engine.Decide("""{"quote_id":"q1","age":40,"region":"atlantis","licence":true,"start":null}""");
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new System.Text.Json.Utf8JsonWriter(buffer))
            answer.WriteInputs(writer);
        var logged = System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
        Assert.Equal("""{"quote_id":"q1","age":40,"region":"north","value":12000,"licence":true,"start":null}""", logged);
        using var again = engine.Decide(logged);
        Assert.Equal(answer.Json(AnswerDetail.Explained), again.Json(AnswerDetail.Explained));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"age\":NaN,\"region\":\"north\",\"licence\":true}")]
    [InlineData("{\"age\":1e999,\"region\":\"north\",\"licence\":true}")]
    [InlineData("{\"age\":\"40\",\"region\":\"north\",\"licence\":true}")]
    [InlineData("{\"age\":40,\"region\":\"north\",\"licence\":true,\"age\":41}")]
    public void What_is_no_record_is_refused_with_the_reason(string record)
    {
        Assert.False(engine.TryDecide(System.Text.Encoding.UTF8.GetBytes(record), out _, out var problems));
        Assert.NotEmpty(problems);
    }

    [Fact]
    public void A_record_nested_without_end_is_refused()
    {
        var record = System.Text.Encoding.UTF8.GetBytes("{\"age\":" + new string('[', 10_000));
        Assert.False(engine.TryDecide(record, out _, out var problems));
        Assert.Contains("32 levels deep", problems[^1].ToString(), StringComparison.Ordinal);
    }
}
