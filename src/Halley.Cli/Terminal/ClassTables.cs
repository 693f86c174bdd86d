using Halley.Models;

namespace Halley.Cli;

/// <summary>Models of classes on the terminal.</summary>
static class ClassTables
{
    /// <summary>More columns than this do not fit beside one another.</summary>
    const int MostColumns = 8;

    public static Spectre.Console.Table EachAgainstTheRest(IReadOnlyList<ClassResult> classes)
    {
        var table = Tables.New("class", "rows", "actual / expected", "AUC", "log loss", "found", "right");
        foreach (var line in classes)
            table.AddPlainRow(
                line.Name,
                Tables.Number(line.Actual),
                Tables.Figure(line.ActualExpected),
                Tables.Number(line.Auc),
                Tables.Number(line.LogLoss),
                Tables.Number(line.Recall),
                Tables.Number(line.Precision)
            );
        table.Caption = new("each class against the rest; found: share of its rows told as it; right: share of those told as it");
        return table;
    }

    /// <summary>Bands of each class's probability, and what the probability would have to be moved and stretched by.</summary>
    public static Spectre.Console.Table Calibration(IReadOnlyList<ClassResult> classes)
    {
        var table = Tables.New("class", "band", "rows", "actual", "expected", "actual / expected", "slope");
        foreach (var line in classes)
        {
            foreach (var band in line.Bands)
                table.AddPlainRow(
                    band.Band == 1 ? line.Name : "",
                    $"{band.Band}",
                    Tables.Number(band.Exposure),
                    Tables.Number(band.Actual),
                    Tables.Number(band.Expected),
                    Tables.Figure(band.Ratio),
                    band.Band == 1 ? Tables.Figure(line.Calibration?.Slope) : ""
                );
        }
        table.Caption = new("calibration: bands by rising probability; a slope of 1 is calibrated, below 1 too far apart");
        return table;
    }

    /// <summary>Rows of each class by the most likely class; the largest where there are many.</summary>
    public static Spectre.Console.Table Confusion(IReadOnlyList<ClassResult> classes)
    {
        string[] told = [.. classes.OrderByDescending(line => line.Actual).Take(MostColumns).Select(line => line.Name)];
        told = [.. classes.Select(line => line.Name).Where(told.Contains)];
        var table = Tables.New(["class", .. told.Select(name => $"told {name}")]);
        foreach (var line in classes.Where(line => told.Contains(line.Name)))
            table.AddPlainRow([line.Name, .. told.Select(name => Tables.Number(line.TakenFor.GetValueOrDefault(name)))]);
        return table;
    }

    public static Spectre.Console.Table InShort(ModelComparison comparison)
    {
        var table = Tables.New(
            "model",
            "learner",
            "log loss",
            "accuracy",
            "AUC",
            "log loss against the first",
            "accuracy against the first"
        );
        foreach (var model in comparison.Models)
        {
            double? Of(string name) => model.Metrics.FirstOrDefault(metric => metric.Name == name)?.Value;
            table.AddPlainRow(
                model.Model,
                model.Learner,
                Tables.Number(Of("logLoss")),
                Tables.Number(Of("accuracy")),
                Tables.Number(Of("auc")),
                Tables.Figure(model.AgainstFirst?.LogLoss),
                Tables.Figure(model.AgainstFirst?.Accuracy)
            );
        }
        return table;
    }

    public static Spectre.Console.Table SideBySide(ModelComparison comparison)
    {
        var table = Tables.New("class", "model", "rows", "AUC", "log loss", "AUC against the first");
        for (var output = 0; output < comparison.Models[0].Classes!.Count; output++)
        {
            foreach (var model in comparison.Models)
            {
                var line = model.Classes![output];
                table.AddPlainRow(
                    model.AgainstFirst is null ? line.Name : "",
                    model.Model,
                    Tables.Number(line.Actual),
                    Tables.Number(line.Auc),
                    Tables.Number(line.LogLoss),
                    Tables.Figure(model.AgainstFirst?.Classes![output].Auc)
                );
            }
        }
        return table;
    }
}
