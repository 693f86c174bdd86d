using Halley.Data;

namespace Halley.Models.Tests;

public class ReproductionTests
{
    static RunRecord Run(ModelSpec spec, Table table, string? codeVersion = null)
    {
        var model = ModelFitter.Fit(spec, table, options: new() { CodeVersion = codeVersion });
        return new()
        {
            Id = "r7",
            Kind = RunKind.Fit,
            Time = default,
            Model = spec.Name,
            Spec = spec,
            Inputs = model.Inputs,
            Data = "policies.csv",
            DataFingerprint = model.Lineage.DataFingerprint,
            Seconds = 1,
            ArtefactHash = Artefact.HashOf(Artefact.ToBytes(model)).Hex,
            CodeVersion = codeVersion ?? CodeVersion.Current,
        };
    }

    [Fact]
    public void A_run_fitted_again_gives_the_same_bytes()
    {
        var again = Reproduction.Of(Run(Specs.Boosting, Portfolio.Make(400)), Portfolio.Make(400), threads: 3);
        Assert.True(again.IsSame);
        Assert.False(again.OtherCode);
    }

    [Fact]
    public void Code_that_gives_the_same_model_under_another_version_still_proves_it()
    {
        var again = Reproduction.Of(Run(Specs.Boosting, Portfolio.Make(400), "0.0.9+old"), Portfolio.Make(400));
        Assert.True(again.IsSame);
        Assert.True(again.OtherCode);
    }

    [Fact]
    public void Another_spec_than_the_hash_says_is_found()
    {
        var run = Run(Specs.Boosting, Portfolio.Make(400)) with { Spec = Specs.Boosting with { Seed = 12 } };
        Assert.False(Reproduction.Of(run, Portfolio.Make(400)).IsSame);
    }

    [Fact]
    public void Other_data_are_refused()
    {
        var problem = Assert.Throws<HalleyException>(() =>
            Reproduction.Of(Run(Specs.Boosting, Portfolio.Make(400)), Portfolio.Make(400, seed: 8))
        );
        Assert.Equal("HLY3206", problem.Code);
        Assert.Contains("Give it the data of policies.csv", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_takes_no_part_does_not_count()
    {
        var table = Portfolio.Make(400).With(new NumericColumn("extra", new double[400]));
        Assert.True(Reproduction.Of(Run(Specs.Boosting, Portfolio.Make(400)), table).IsSame);
    }

    [Fact]
    public void An_import_can_not_be_fitted_again()
    {
        var run = Run(Specs.Boosting, Portfolio.Make(400)) with { Spec = null, Kind = RunKind.Import };
        Assert.Equal("HLY3205", Assert.Throws<HalleyException>(() => Reproduction.Of(run, Portfolio.Make(400))).Code);
    }

    [Fact]
    public void A_ledger_reproduces_its_own_runs_with_the_units_declared_then()
    {
        var declared = new Schema([
            new Field
            {
                Name = "age",
                Kind = FieldKind.Number,
                Unit = "years",
                Minimum = 18,
            },
        ]);
        using var folder = new TemporaryFolder();
        var ledger = new RunLedger(folder.Path, new FixedClock(default));
        var model = ModelFitter.Fit(Specs.Glm, Portfolio.Make(500), declared);
        var run = ledger.Append(
            RunEntry.Of(RunKind.Fit, model, Artefact.HashOf(Artefact.ToBytes(model)), TimeSpan.FromSeconds(2))
        );
        Assert.Equal(model.Lineage.DataFingerprint, run.DataFingerprint);
        Assert.Equal(model.Lineage.SpecHash, run.SpecHash);
        var again = ledger.Reproduce("r1", Portfolio.Make(500), threads: 2);
        Assert.True(again.IsSame);
        Assert.Equal("years", again.Model.Inputs.Find("age")!.Unit);
    }
}
