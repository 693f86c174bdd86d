using System.Text.Json;

namespace Halley.Decisions.Tests;

public sealed class DecisionTestRunnerTests
{
    static DecisionTestCase Case(string input, string expected = "{}") =>
        new()
        {
            Name = "a driver",
            Input = JsonElement.Parse(input),
            Expected = JsonElement.Parse(expected).EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value),
        };

    const string Driver = """{"age":63,"region":"south","value":10000,"licence":true}""";

    static DecisionTestResult Run(DecisionTestCase testCase, DecisionEngine? baseline = null) =>
        new DecisionTestRunner(Sample.Engine(Sample.Quote), baseline).Run(testCase);

    [Fact]
    public void A_case_passes_where_everything_is_as_expected()
    {
        var result = Run(
            Case(
                Driver,
                """{"premium":414.09,"premium_instalments":[138.03,138.03,138.03],"tier":"[25,65)","young":false,"until":null,"margin":0.1,"risk":317.6766}"""
            ) with
            {
                Action = "accept",
                Reasons = [],
                Tolerance = 0.001,
            }
        );
        Assert.True(result.Passed, result.Report());
        Assert.Equal("passed: a driver\n", result.Report());
    }

    [Fact]
    public void A_failure_shows_what_differs_and_the_steps_beside_the_baseline()
    {
        var dearer = Sample.Quote with
        {
            Steps = [.. Sample.Quote.Steps.Select(step => step.Name == "margin" ? step with { Expression = "0.2" } : step)],
        };
        var baseline = Sample.Engine(dearer);
        using var before = baseline.Decide(Driver);
        var result = Run(
            Case(Driver, """{"premium":465.85,"tier":"old"}""") with
            {
                Action = "refer",
                Fallback = true,
                Reasons = ["dear_car"],
            },
            baseline
        );
        Assert.Equal(
            [
                "action: expected refer, found accept",
                "fallback: expected yes, found no",
                "output 'premium': expected 465.85, found 414.09",
                "output 'tier': expected \"old\", found \"[25,65)\"",
                "reasons: expected dear_car, found none",
            ],
            result.Differences.Select(difference => difference.ToString())
        );
        Assert.Equal(
            ["margin", "premium.unbounded", "premium", "conversion.score", "conversion"],
            result.Steps.Where(step => step.Differs).Select(step => step.Step)
        );
        Assert.Contains("\n  ≠ margin                  0.1  (0.2)\n", result.Report(), StringComparison.Ordinal);
        Assert.Contains("\n    expenses_of             55\n", result.Report(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_the_case_expects_is_compared_in_the_trace()
    {
        var result = Run(Case(Driver, """{"margin":0.15,"risk":317.7}""") with { Tolerance = 0.04 });
        Assert.Equal("step 'margin': expected 0.15, found 0.1", Assert.Single(result.Differences).ToString());
        Assert.Equal(["margin"], result.Steps.Where(step => step.Differs).Select(step => step.Step));
    }

    [Fact]
    public void Refusals_can_be_expected()
    {
        const string bad = """{"age":1,"region":"south","licence":7}""";
        Assert.True(Run(Case(bad) with { Refused = ["licence", "age"] }).Passed);
        Assert.Equal(
            "record: expected refused for age, found refused for age, licence",
            Assert.Single(Run(Case(bad) with { Refused = ["age"] }).Differences).ToString()
        );
        Assert.StartsWith(
            "record: expected accepted, found refused: field 'age': 1 is out of range",
            Assert.Single(Run(Case(bad)).Differences).ToString(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "record: expected refused for age, found accepted",
            Run(Case(Driver) with { Refused = ["age"] }).Differences[0].ToString()
        );
    }

    [Fact]
    public void A_case_about_what_the_decision_does_not_have_is_a_mistake_in_the_case() =>
        Assert.StartsWith(
            "HLY4003: test case 'a driver': the decision 'motor-quote' has no output or step 'premum'. It has: premium, conversion, tier",
            Assert.Throws<HalleyException>(() => Run(Case(Driver, """{"premum":1}"""))).Message,
            StringComparison.Ordinal
        );
}
