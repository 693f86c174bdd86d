namespace Halley.Statistics;

/// <summary>A family object over its struct of formulas.</summary>
sealed record FamilyOf<TFamily>(TFamily Formulas) : Family
    where TFamily : struct, IFamily
{
    public override string Name => Formulas.Name;

    public override Link? CanonicalLink => Formulas.CanonicalLink;

    public override Link DefaultLink => Formulas.DefaultLink;

    public override bool FixedDispersion => Formulas.FixedDispersion;

    public override bool HasLikelihood => Formulas.HasLikelihood;

    public override bool IsShapeEstimated => Formulas.IsShapeEstimated;

    public override string Domain => Formulas.Domain;

    public override bool InDomain(double y) => Formulas.InDomain(y);

    public override bool MeanInDomain(double mu) => Formulas.MeanInDomain(mu);

    public override double Variance(double mu) => Formulas.Variance(mu);

    public override double UnitDeviance(double y, double mu) => Formulas.UnitDeviance(y, mu);

    public override double LogLikelihood(double y, double mu, double weight, double dispersion) =>
        Formulas.LogLikelihood(y, mu, weight, dispersion);

    public override TResult Accept<TResult>(IFamilyVisitor<TResult> visitor) => visitor.Visit(Formulas);

    public override int IndexOutsideDomain(ReadOnlySpan<double> y)
    {
        for (var i = 0; i < y.Length; i++)
            if (!Formulas.InDomain(y[i]))
                return i;
        return -1;
    }

    public override double Deviance(ReadOnlySpan<double> y, ReadOnlySpan<double> mu, ReadOnlySpan<double> weight = default)
    {
        Shapes.Check(y, mu, weight);
        var sum = 0.0;
        for (var i = 0; i < y.Length; i++)
            sum += (weight.IsEmpty ? 1 : weight[i]) * Formulas.UnitDeviance(y[i], mu[i]);
        return sum;
    }

    public override double PearsonStatistic(
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> mu,
        ReadOnlySpan<double> weight = default
    )
    {
        Shapes.Check(y, mu, weight);
        var sum = 0.0;
        for (var i = 0; i < y.Length; i++)
            sum += (weight.IsEmpty ? 1 : weight[i]) * (y[i] - mu[i]) * (y[i] - mu[i]) / Formulas.Variance(mu[i]);
        return sum;
    }

    public override double LogLikelihood(
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> mu,
        ReadOnlySpan<double> weight = default
    ) => AddLogLikelihood(0, AddRows(default, y, mu, weight), y, mu, weight);

    public override LikelihoodTotals AddRows(
        LikelihoodTotals totals,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> mu,
        ReadOnlySpan<double> weight = default
    )
    {
        Shapes.Check(y, mu, weight);
        var (deviance, rowCount, weightSum) = totals;
        for (var i = 0; i < y.Length; i++)
        {
            var w = weight.IsEmpty ? 1 : weight[i];
            deviance += w * Formulas.UnitDeviance(y[i], mu[i]);
            (rowCount, weightSum) = w > 0 ? (rowCount + 1, weightSum + w) : (rowCount, weightSum);
        }
        return new(deviance, rowCount, weightSum);
    }

    public override double AddLogLikelihood(
        double sum,
        LikelihoodTotals totals,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> mu,
        ReadOnlySpan<double> weight = default
    )
    {
        Shapes.Check(y, mu, weight);
        var phi = Formulas.LikelihoodDispersion(totals.Deviance, totals.RowCount, totals.WeightSum);
        for (var i = 0; i < y.Length; i++)
            sum += Formulas.LogLikelihood(y[i], mu[i], weight.IsEmpty ? 1 : weight[i], phi);
        return sum;
    }
}
