namespace Halley.Decisions.Tests;

public sealed class FallbackTests
{
    const string Driver = """{"quote_id":"q1","age":30,"region":"south","licence":true}""";

    static readonly DecisionDefinition Broken = Sample.Quote with
    {
        Models =
        [
            .. Sample.Quote.Models.Select(model => model.Alias == "frequency" ? model with { Reference = "nothing@1" } : model),
        ],
    };

    static readonly DecisionDefinition ReferOnly = Broken with { Fallback = new() };

    [Fact]
    public void A_model_without_a_number_is_a_failure_and_the_table_answers()
    {
        using var answer = Sample.Engine(Broken).Decide(Driver);
        Assert.Equal(AnswerSource.Table, answer.Source);
        Assert.Equal(("accept", 455m, 0.5), (answer.Action, answer.Money("premium"), answer.Output("conversion")));
        Assert.Equal(
            """{"decision":"motor-quote","action":"accept","outputs":{"premium":455.00,"premium_instalments":[151.67,151.67,151.66],"conversion":0.5,"tier":"other","young":false},"currencies":{"premium":"EUR"},"reasons":[],"fallback":{"by":"table","failures":[{"part":"model 'frequency' (nothing@1)","why":"it gave no number"},{"part":"model 'conversion' (conversion@2)","why":"it gave no number"},{"part":"output 'premium'","why":"its value is missing"},{"part":"output 'conversion'","why":"its value is missing"},{"part":"previous release","why":"there is none"}]}}""",
            answer.Json()
        );
    }

    [Fact]
    public void The_previous_release_answers_first_where_the_chain_says_so()
    {
        var previous = Sample.Engine(Sample.Quote);
        using var expected = previous.Decide(Driver);
        using var answer = new DecisionEngine(Sample.Compile(Broken), previous).Decide(Driver);
        Assert.Equal((AnswerSource.PreviousRelease, true), (answer.Source, answer.IsFallback));
        Assert.Equal(expected.Output("premium"), answer.Output("premium"));
        Assert.Equal("model 'frequency' (nothing@1): it gave no number", answer.Failures[0].ToString());
        Assert.Contains("\"by\":\"previous-release\"", answer.Json(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_previous_release_that_fails_too_or_refuses_the_record_is_passed_over()
    {
        using var failing = new DecisionEngine(Sample.Compile(Broken), Sample.Engine(ReferOnly)).Decide(Driver);
        Assert.Equal(AnswerSource.Table, failing.Source);
        Assert.Contains(
            "previous release, model 'frequency' (nothing@1): it gave no number",
            failing.Failures.Select(failure => failure.ToString())
        );
        var stricter = Sample.Quote with
        {
            Inputs = new([.. Sample.Quote.Inputs.Fields, new() { Name = "colour", Kind = FieldKind.Boolean }]),
        };
        using var refusing = new DecisionEngine(Sample.Compile(Broken), Sample.Engine(stricter)).Decide(Driver);
        Assert.Equal(AnswerSource.Table, refusing.Source);
        Assert.Contains(
            "previous release, record: it is not as that release wants it: field 'colour': is not in the record; expected true or false.",
            refusing.Failures.Select(failure => failure.ToString())
        );
    }

    [Fact]
    public void At_the_end_of_the_chain_a_person_decides()
    {
        using var answer = Sample.Engine(ReferOnly).Decide(Driver);
        Assert.Equal((AnswerSource.Refer, "refer"), (answer.Source, answer.Action));
        Assert.Null(answer.Money("premium"));
        Assert.StartsWith(
            """{"decision":"motor-quote","action":"refer","outputs":{},"reasons":["no automatic answer is possible at the moment; a person will decide"],"fallback":{"by":"refer","failures":[""",
            answer.Json(AnswerDetail.Explained),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_model_that_throws_is_a_failure_with_its_message()
    {
        using var answer = Sample.Engine(Throwing(ReferOnly.Fallback), ("failing@1", new FailingModel(5))).Decide("""{"x":6}""");
        Assert.Equal(AnswerSource.Refer, answer.Source);
        Assert.Equal(
            "model 'm' (failing@1): InvalidOperationException: 6 is above the limit",
            Assert.Single(answer.Failures).ToString()
        );
        using var good = Sample.Engine(Throwing(ReferOnly.Fallback), ("failing@1", new FailingModel(5))).Decide("""{"x":4}""");
        Assert.Equal((AnswerSource.Release, 4), (good.Source, good.Output("y")));
    }

    [Fact]
    public void One_throwing_row_of_a_batch_leaves_the_others_alone()
    {
        var engine = Sample.Engine(Throwing(ReferOnly.Fallback), ("failing@1", new FailingModel(5)));
        var result = engine.Decide(
            new Table([new NumericColumn("x", [.. Enumerable.Range(0, 3000).Select(row => row == 1500 ? 6.0 : row % 5)])])
        );
        Assert.Equal(1, result.Fallbacks);
        Assert.Equal("refer", result.Answers["action"].TextAt(1500));
        Assert.Equal("refer", result.Answers["answered_by"].TextAt(1500));
        Assert.True(result.Answers["y"].IsMissing(1500));
        Assert.Equal(4, result.Answers.Numeric("y").Values[1499]);
        Assert.Equal(
            (new DecisionFailure("model 'm' (failing@1)", "InvalidOperationException: 6 is above the limit"), 1),
            Assert.Single(result.Failures)
        );
    }

    [Fact]
    public void Eligibility_that_rests_on_no_model_holds_in_the_table_too()
    {
        using var answer = Sample.Engine(Broken).Decide(Driver.Replace("true", "false", StringComparison.Ordinal));
        Assert.Equal((AnswerSource.Table, "decline"), (answer.Source, answer.Action));
        Assert.Equal("the driver has no licence", Assert.Single(answer.Reasons).Sentence);
        var cautious = Broken with { Fallback = Broken.Fallback with { TableAction = "refer" } };
        using var referred = Sample.Engine(cautious).Decide(Driver);
        Assert.Equal((AnswerSource.Table, "refer", 455m), (referred.Source, referred.Action, referred.Money("premium")));
    }

    [Fact]
    public void Levels_of_a_fallback_join_those_of_the_release_in_a_batch()
    {
        var table = new Table([
            new NumericColumn("age", [30, 20]),
            new CategoricalColumn("region", [0, 0], new(["south"])),
            new BooleanColumn("licence", [1, 1]),
        ]);
        var result = Sample.Engine(Broken).Decide(table);
        var tier = result.Answers.Categorical("tier");
        Assert.Equal(["<25", "[25,65)", ">=65", "other", "young"], tier.Levels.Levels);
        Assert.Equal(("other", "young"), (tier.TextAt(0), tier.TextAt(1)));
        Assert.Equal(455, result.Answers.Numeric("premium").Values[0]);
    }

    [Fact]
    public void Too_many_instalments_and_amounts_beyond_money_are_failures()
    {
        var definition = Throwing(new()) with
        {
            Models = [],
            Outputs =
            [
                new()
                {
                    Name = "y",
                    Kind = OutputKind.Money,
                    Value = "x",
                    Money = new() { Currency = "EUR" },
                    Instalments = "x",
                },
            ],
        };
        using var many = Sample.Engine(definition).Decide("""{"x":367}""");
        Assert.Equal(
            "output 'y': the number of instalments is not a whole number from 1 to 366",
            Assert.Single(many.Failures).ToString()
        );
        using var large = Sample.Engine(definition).Decide("""{"x":1e25}""");
        Assert.Equal("output 'y': the amount is too large for money", Assert.Single(large.Failures).ToString());
    }

    static DecisionDefinition Throwing(FallbackChain chain) =>
        new()
        {
            Name = "checked",
            Inputs = new([new() { Name = "x", Kind = FieldKind.Number }]),
            Models = [new() { Alias = "m", Reference = "failing@1" }],
            Outputs =
            [
                new()
                {
                    Name = "y",
                    Kind = OutputKind.Number,
                    Value = "m",
                },
            ],
            Fallback = chain,
        };
}
