namespace Halley.Registry.Tests;

public sealed class OutcomeTests
{
    [Fact]
    public async Task The_same_outcome_again_counts_once_in_one_call_and_over_calls_and_restarts()
    {
        await using var desk = new LogDesk();
        var decision = (await desk.AppendAsync(1))[0];
        var outcome = LogDesk.Outcome(decision, "o1");
        Assert.Equal(new OutcomeReceipt(1, 1), await desk.Log.AppendAsync([outcome, outcome with { }]));
        Assert.Equal(new OutcomeReceipt(1, 1), await desk.Log.AppendAsync([outcome, LogDesk.Outcome(decision, "o2", day: 2)]));
        await desk.Log.DisposeAsync();
        Assert.Equal(new OutcomeReceipt(0, 1), await desk.OpenLog().AppendAsync([outcome]));
        Assert.Equal(2, (await desk.Reader.FindAsync(decision.Id))!.Outcomes.Count);
    }

    [Fact]
    public async Task Every_outcome_that_cannot_be_taken_is_listed_and_none_is_taken()
    {
        await using var desk = new LogDesk();
        var decision = (await desk.AppendAsync(1))[0];
        await desk.Log.AppendAsync([LogDesk.Outcome(decision, "known")]);
        var stranger = desk.Decision();
        var fault = await Faults.OfAsync(() =>
            desk.Log.AppendAsync([
                LogDesk.Outcome(decision, "good"),
                LogDesk.Outcome(stranger, "lost"),
                LogDesk.Outcome(decision, "known", value: 0),
                LogDesk.Outcome(decision, "nan", value: double.NaN),
                LogDesk.Outcome(decision, "kind", kind: ""),
            ])
        );
        Assert.Equal(
            $"HLY5501: no outcome was taken, 4 cannot be: outcome 'lost': there is no decision {stranger.Id}; "
                + "outcome 'known': the id stands for an outcome with other content; "
                + "outcome 'nan': its value NaN is not a finite number; "
                + "outcome 'kind': '' names no kind (letters, digits, '-', '_', '.'). Correct or leave out these, then send all again.",
            fault.Message
        );
        Assert.Single((await desk.Reader.FindAsync(decision.Id))!.Outcomes);
    }

    [Fact]
    public async Task An_outcome_about_a_shadows_record_is_refused()
    {
        await using var desk = new LogDesk();
        var shadow = desk.Shadow((await desk.AppendAsync(1))[0]);
        await desk.Log.AppendAsync(shadow);
        var outcome = LogDesk.Outcome(desk.Decision() with { Id = shadow.Id }, "o1");
        Assert.Equal("HLY5501", (await Faults.OfAsync(() => desk.Log.AppendAsync([outcome]))).Code);
    }

    [Fact]
    public async Task Outcomes_are_links_of_the_chain()
    {
        await using var desk = new LogDesk();
        var decision = (await desk.AppendAsync(1))[0];
        await desk.Log.AppendAsync([LogDesk.Outcome(decision, "o1", value: 100)]);
        await desk.Log.DisposeAsync();
        Assert.True((await desk.VerifyAsync()).IsWhole);
        desk.Tamper("UPDATE record SET body = CAST(replace(CAST(body AS TEXT), '100', '900') AS BLOB) WHERE kind = 3");
        Assert.Equal(2, (await desk.VerifyAsync()).FirstBreak!.Seq);
    }
}
