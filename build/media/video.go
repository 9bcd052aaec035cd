package media

import (
	"fmt"
	"slices"
)

// What a video of boxes may hold.
var (
	filmed = []string{"avc1", "avc3"} // H.264
	heard  = []string{"mp4a"}
	tracks = []string{"vide", "soun", "text", "sbtl", "subt", "clcp", "tmcd"} // with subtitles and times
)

// makeVideo makes a video fit to be linked to: it keeps what is seen and heard.
func makeVideo(kind *Kind, data []byte, l Limits) (*Made, error) {
	if l.Video > 0 && len(data) > l.Video {
		return nil, tooHeavy(int64(len(data)), int64(l.Video))
	}
	var seconds int
	var err error
	if kind == webmKind {
		data = stripWebM(data)
		seconds, err = lengthOfWebM(data)
	} else {
		data = stripBoxes(data)
		seconds, err = lengthOfMP4(data)
	}
	if err != nil {
		return nil, err
	}
	return &Made{Kind: kind, Files: []File{{Size: len(data), Data: data}}, Seconds: seconds}, nil
}

func tooHeavy(size, limit int64) *Problem {
	return &Problem{fmt.Sprintf("has %d bytes, %d more than limits.video", size, size-limit),
		"save it with 480 lines, or make two of it, or publish it elsewhere and give its address"}
}

func lengthOfMP4(data []byte) (int, error) {
	f := frameOfBoxes(data)
	if !f.whole || len(f.codes) == 0 {
		return 0, errCut
	}
	for _, what := range f.holds {
		if !slices.Contains(tracks, what) {
			return 0, &Problem{fmt.Sprintf("holds more than pictures and sound, which can say where it was made (%q)", what),
				"save it anew without that, as " + videoInstead}
		}
	}
	for _, code := range f.codes {
		known := slices.Contains(filmed, code) || slices.Contains(heard, code)
		if !known && !slices.Contains([]string{"tx3g", "wvtt", "stpp", "text", "c608", "tmcd"}, code) {
			return 0, unplayed(code)
		}
	}
	return f.seconds(videoInstead)
}

func unplayed(code string) *Problem {
	return &Problem{fmt.Sprintf("is coded in a way that not every device plays (%.20q)", code),
		"save it as " + videoInstead}
}
