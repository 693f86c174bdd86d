using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Halley.Data;
using Halley.Glm;
using Halley.Kernels;
using Halley.Models;
using Halley.Statistics;

namespace Halley.Reports.Tests;

/// <summary>The figures on the page are those of the fits.</summary>
public partial class ModelReportTests
{
    static readonly Term[] Terms = [new FactorTerm("zone"), new FactorTerm("garage"), new NumericTerm("age")];

    static Table Book { get; } = MakeBook(4000);

    [Fact]
    public void Tests_of_whole_terms_are_those_of_the_fit()
    {
        var spec = Spec(
            new()
            {
                Terms = Terms,
                Options = new() { LikelihoodRatioTests = true },
            }
        );
        var rows = TableAfter(Page(spec).ToHtml(), "Terms of claims");
        var expected = Fit(Terms).Inference.TermTests(likelihoodRatio: true);
        Assert.Equal(3, expected.Count);
        Assert.Equal(expected.Count, rows.Count);
        for (var i = 0; i < rows.Count; i++)
            Assert.Equal(
                [
                    expected[i].Term,
                    HtmlText.Number(expected[i].Degrees),
                    HtmlText.Number(expected[i].Wald),
                    HtmlText.Number(expected[i].WaldPValue),
                    "+" + HtmlText.Number(expected[i].DevianceChange),
                    HtmlText.Number(expected[i].LikelihoodRatioPValue),
                    Signed(expected[i].AicChange),
                ],
                rows[i]
            );
    }

    [Fact]
    public void A_smooth_has_its_degrees_of_freedom_and_its_curve()
    {
        Term[] terms = [new FactorTerm("zone"), new SmoothTerm("age") { Size = 6 }];
        var html = Page(Spec(new() { Terms = terms })).ToHtml();
        var smooth = Fit(terms).Smooths[0];
        Assert.Contains($"Degrees of freedom: s(age) {HtmlText.Number(smooth.Degrees)}.", html, StringComparison.Ordinal);
        Assert.Contains("s(age): effect by s(age), " + smooth.Curve.Count + " levels.", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Dependence_of_trees_is_drawn_as_it_was_computed()
    {
        var learner = new BoostingLearner
        {
            Features = ["zone", "age"],
            Options = new() { Rounds = 10 },
        };
        var spec = Spec(new() { Terms = Terms }) with { Learner = learner };
        var model = ModelFitter.Fit(spec, Book);
        var lines = Dependence.Of(model, Book, features: ["age", "zone"]);
        var page = Page(spec) with { Dependences = [new(model.Name, Book.RowCount, lines)] };

        var html = page.ToHtml();

        var places = Enumerable
            .Range(0, lines.RowCount)
            .Count(line => lines["feature"].TextAt(line) == "age" && lines["kind"].TextAt(line) == Dependence.Partial);
        Assert.InRange(places, 10, 25);
        Assert.Contains(
            $"claims by age: partial dependence and accumulated local effects by age, {places} levels.",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains("claims by zone: partial dependence by zone", html, StringComparison.Ordinal);
        Assert.True(
            html.IndexOf("claims by age:", StringComparison.Ordinal) < html.IndexOf("claims by zone:", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("has learned of its inputs", Page(spec).ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_surface_is_drawn_along_its_first_column_for_values_of_the_second()
    {
        Term[] terms = [new InteractionTerm(new SmoothTerm("age") { Size = 4 }, new SmoothTerm("value") { Size = 4 })];
        var html = Page(Spec(new() { Terms = terms })).ToHtml();
        var surface = Fit(terms).Smooths[0].Surface!;
        var values = surface.Select(point => point.At[1]).Distinct().Order().ToArray();
        string Line(int place) => string.Create(CultureInfo.InvariantCulture, $"value {values[place]:G4}");
        Assert.Equal(7, values.Length);
        Assert.Contains(
            $"s(age):s(value): {Line(0)} and {Line(2)} and {Line(4)} and {Line(6)} by age, 21 levels.",
            html,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_penalty_shows_its_strength_and_its_path()
    {
        var penalty = new GlmPenalty { L1Ratio = 1 };
        var html = Page(
                Spec(
                    new()
                    {
                        Terms = Terms,
                        Options = new() { Penalty = penalty },
                    }
                )
            )
            .ToHtml();
        var fit = new GlmTrainer(new() { Terms = Terms, Penalty = penalty }).Fit(Set).Penalty!;
        var chosen = fit.Path.First(point => point.Strength == fit.Strength);
        Assert.Equal(
            [
                HtmlText.Number(fit.Strength),
                HtmlText.Number(fit.Nonzero),
                HtmlText.Number(fit.EffectiveParameters),
                HtmlText.Number(chosen.HeldOut),
                HtmlText.Number(chosen.HeldOutError),
                HtmlText.Number(fit.Path.Min(point => point.HeldOut)),
            ],
            Assert.Single(TableAfter(html, "Penalty of claims"))
        );
        Assert.Contains(
            $"Path of claims: held-out deviance by strength, the largest first, {fit.Path.Count} levels.",
            html,
            StringComparison.Ordinal
        );
        // A given strength has no path to draw.
        var given = Page(
                Spec(
                    new()
                    {
                        Terms = Terms,
                        Options = new() { Penalty = new() { Strength = 0.01 } },
                    }
                )
            )
            .ToHtml();
        Assert.Equal("0.01", Assert.Single(TableAfter(given, "Penalty of claims"))[0]);
        Assert.DoesNotContain("Path of claims", given, StringComparison.Ordinal);
    }

    [Fact]
    public void Consistency_has_a_line_for_each_term_and_relativities_by_part()
    {
        var page = Page(Spec(new() { Terms = Terms }));
        var terms = FactorConsistency.ByColumn(new() { Terms = Terms }, Set, "year");
        var html = (page with { Consistency = [new("claims", "year", terms)] }).ToHtml();
        var rows = TableAfter(html, "Consistency of claims by year");
        Assert.Equal(terms.Select(term => term.Term), rows.Select(row => row[0]));
        Assert.Equal(terms.Select(term => HtmlText.Number(term.Test.PValue)), rows.Select(row => row[3]));
        Assert.Equal(terms.Select(term => HtmlText.Number(-term.Test.DevianceChange)), rows.Select(row => row[2]));
        var garage = TableAfter(html, "garage by year");
        var effect = terms[1].Effects.First(own => own is { StandardError: > 0, Part: "2022" });
        Assert.Equal(
            $"{HtmlText.Number(Math.Exp(effect.Coefficient))} ({HtmlText.Number(Math.Exp(effect.Coefficient - 2 * effect.StandardError))} to "
                + $"{HtmlText.Number(Math.Exp(effect.Coefficient + 2 * effect.StandardError))})",
            garage.Single(row => row[0] == effect.Level)[2]
        );
        Assert.Equal(["1", "1"], garage.Single(row => row[0] != effect.Level).Skip(1));
        Assert.DoesNotContain("Consistency", page.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Likelihood_ratios_have_columns_where_somebody_asked_for_them()
    {
        var html = Page(Spec(new() { Terms = Terms })).ToHtml();
        Assert.Equal(4, TableAfter(html, "Terms of claims")[0].Length);
        Assert.DoesNotContain("likelihood ratio", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_head_of_a_column_of_numbers_stands_over_them()
    {
        var html = Page(Spec(new() { Terms = Terms })).ToHtml();
        Assert.Contains("<th>term</th><th class=\"number\">degrees of freedom</th>", html, StringComparison.Ordinal);
        Assert.Contains("th.number{text-align:right}", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Crunched_residuals_are_drawn_by_prediction_and_by_each_factor()
    {
        var page = Page(Spec(new() { Terms = Terms }));
        var html = page.ToHtml();
        var groups = page.Evaluations[0].Residuals;
        Assert.Equal(50, groups.Count);
        var rare = groups.Count(group => Math.Abs(group.Residual!.Value) > 2);
        Assert.Contains($"Here {rare} of 50 groups are.", html, StringComparison.Ordinal);
        Assert.Contains(
            "Crunched residuals of claims by prediction: claims by predicted claims a year, 50 levels.",
            html,
            StringComparison.Ordinal
        );
        foreach (var factor in page.Evaluations[0].Factors)
            Assert.Contains($"Crunched residuals of claims by {factor.Factor}: claims by", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Plots_use_no_dashes_which_an_SVG_would_lack()
    {
        // The drawing library tells of each on the process's standard error, past every console.
        var html = Page(Spec(new() { Terms = Terms })).ToHtml();
        Assert.DoesNotContain("stroke-dasharray", html, StringComparison.Ordinal);
        var source = Directory.GetFiles(Path.Combine(ProjectRoot.Path, "src", "Halley.Reports", "Plots"), "*.cs");
        Assert.All(source, file => Assert.DoesNotContain("LinePattern.D", File.ReadAllText(file), StringComparison.Ordinal));
    }

    static ModelReport Page(ModelSpec spec)
    {
        var model = ModelFitter.Fit(spec, Book);
        return new()
        {
            Title = "claims",
            Models = [model],
            Evaluations = [Evaluation.Of(model, Book, new() { Part = null })],
        };
    }

    static ModelSpec Spec(GlmLearner learner) =>
        new()
        {
            Name = "claims",
            Target = "claims",
            Exposure = "years",
            Family = Family.Poisson,
            Learner = learner,
        };

    static TrainingSet Set =>
        new()
        {
            Learn = Book,
            Features = [],
            Target = "claims",
            Exposure = "years",
        };

    static GlmFit Fit(Term[] terms) => new GlmTrainer(new() { Terms = terms }).Fit(Set);

    static string Signed(double? value) => value > 0 ? "+" + HtmlText.Number(value) : HtmlText.Number(value);

    /// <summary>Cells of the first table behind a heading, head left out.</summary>
    static List<string[]> TableAfter(string html, string heading)
    {
        var start = html.IndexOf($">{heading}</h", StringComparison.Ordinal);
        Assert.True(start >= 0, $"there is no heading '{heading}'.");
        var (from, to) = (
            html.IndexOf("<tbody>", start, StringComparison.Ordinal),
            html.IndexOf("</tbody>", start, StringComparison.Ordinal)
        );
        return
        [
            .. html[from..to]
                .Split("</tr>", StringSplitOptions.RemoveEmptyEntries)
                .Select(row => Cell().Matches(row).Select(cell => WebUtility.HtmlDecode(cell.Groups[1].Value)).ToArray()),
        ];
    }

    static Table MakeBook(int rows)
    {
        var random = new DeterministicRandom(9);
        var (zone, garage, year) = (new int[rows], new sbyte[rows], new int[rows]);
        var (age, years, claims) = (new double[rows], new double[rows], new double[rows]);
        for (var row = 0; row < rows; row++)
        {
            (zone[row], garage[row], year[row]) = (random.NextInt(3), (sbyte)random.NextInt(2), random.NextInt(2));
            (age[row], years[row]) = (18 + random.NextInt(60), 0.2 + 0.8 * random.NextDouble());
            var eta = -0.7 + 0.3 * zone[row] - 0.4 * garage[row] + 0.01 * (40 - age[row]);
            claims[row] = random.NextPoisson(years[row] * Math.Exp(eta));
        }
        return new([
            new CategoricalColumn("zone", zone, new(["city", "hills", "coast"])),
            new BooleanColumn("garage", garage),
            new CategoricalColumn("year", year, new(["2021", "2022"])),
            new NumericColumn("age", age),
            new NumericColumn("value", [.. Enumerable.Range(0, rows).Select(row => 1.0 * (37 * row % 50))]),
            new ExposureColumn("years", years),
            new NumericColumn("claims", claims),
        ]);
    }

    [GeneratedRegex("<td[^>]*>(.*?)</td>")]
    private static partial Regex Cell();
}
