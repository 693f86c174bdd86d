namespace Halley.Statistics;

/// <summary>How well a score puts positives before negatives, from rows that come tie by tie, the highest score first.</summary>
public struct RankedShares
{
    double _positives;
    double _negatives;
    double _pairs;
    double _precision;

    /// <summary>Adds all rows of the next lower score.</summary>
    /// <param name="positives">Weight of the positives among them.</param>
    /// <param name="negatives">Weight of the others.</param>
    public void Add(double positives, double negatives)
    {
        _pairs += negatives * (_positives + 0.5 * positives);
        _positives += positives;
        _negatives += negatives;
        if (positives > 0)
            _precision += positives * _positives / (_positives + _negatives);
    }

    /// <summary>As <see cref="Metrics.Auc"/>.</summary>
    public readonly double Auc => _pairs / (_positives * _negatives);

    /// <summary>As <see cref="Metrics.AveragePrecision"/>.</summary>
    public readonly double AveragePrecision => _precision / _positives;
}
