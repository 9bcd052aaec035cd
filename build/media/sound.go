package media

import "fmt"

// silent says what is wrong with a file that does not say how long it is.
func silent(instead string) *Problem {
	return &Problem{"does not say how long it is", "save it anew as " + instead}
}

// makeSound makes a sound fit to be passed on: it keeps what is heard.
func makeSound(kind *Kind, data []byte, l Limits) (*Made, error) {
	var seconds int
	var err error
	switch kind {
	case mp3Kind:
		data = stripMP3(data)
		seconds, err = lengthOfMP3(data)
	case oggKind:
		data = stripOgg(data)
		seconds, err = lengthOfOgg(data)
	default:
		data = stripBoxes(data)
		seconds, err = lengthOfM4A(data)
	}
	switch {
	case err != nil:
		return nil, err
	case l.Sound > 0 && len(data) > l.Sound:
		return nil, &Problem{fmt.Sprintf("has %d bytes, %d more than limits.sound", len(data), len(data)-l.Sound),
			"save it with 24 kbit/s in one channel, which is enough for speech, or make two of it"}
	}
	return &Made{Kind: kind, Files: []File{{Size: len(data), Data: data}}, Seconds: seconds}, nil
}

// seconds returns a length in whole seconds, at least one.
func seconds(samples, rate uint64) int {
	const most = 1 << 30
	return int(min(max(1, (samples+rate/2)/rate), most))
}
